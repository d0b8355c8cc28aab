import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';

/** As DER writes them: https://www.rfc-editor.org/rfc/rfc5758 and 5280 */
const ECDSA_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SERVER_AUTH = Buffer.from('06082b06010505070301', 'hex');
const extensionId = (last: number) => Buffer.from([0x06, 0x03, 0x55, 0x1d, last]);
const YEARS = 10;
const AUTHORITY_NAME = 'Databases of a platform sandbox';

/** Both as PEM. */
export interface KeyAndCertificate {
  key: string;
  certificate: string;
}

/** Whom the clients of a sandbox's databases have to believe, as they believe the authorities of RDS. */
export function newAuthority(): KeyAndCertificate {
  const { privateKey, publicKey } = newKey();
  const extensions = [
    extension(19, sequence(element(0x01, Buffer.from([0xff]))), true),
    // keyCertSign and cRLSign
    extension(15, Buffer.from('03020106', 'hex'), true),
    extension(14, octets(keyId(publicKey))),
  ];
  return certified({ subject: AUTHORITY_NAME, publicKey, privateKey, signer: privateKey, extensions });
}

/** A key and a certificate for a server that is reached by these names and addresses. */
export function signedBy(authority: KeyAndCertificate, names: readonly string[]): KeyAndCertificate {
  const { privateKey, publicKey } = newKey();
  const signer = createPrivateKey(authority.key);
  const extensions = [
    extension(15, Buffer.from('03020780', 'hex'), true),
    extension(37, sequence(SERVER_AUTH)),
    extension(14, octets(keyId(publicKey))),
    extension(35, sequence(element(0x80, keyId(createPublicKey(signer))))),
    extension(17, sequence(...names.map(generalName))),
  ];
  return certified({ subject: names[0]!, publicKey, privateKey, signer, extensions });
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

function certified({
  subject,
  publicKey,
  privateKey,
  signer,
  extensions,
}: {
  subject: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
  signer: KeyObject;
  extensions: readonly Buffer[];
}): KeyAndCertificate {
  const algorithm = sequence(ECDSA_SHA256);
  const now = new Date();
  const end = new Date(now);
  end.setFullYear(now.getFullYear() + YEARS);
  const content = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    nameOf(AUTHORITY_NAME),
    sequence(time(now), time(end)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensions)),
  );
  const signature = element(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', content, signer)]));
  const body = sequence(content, algorithm, signature)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    certificate: ['-----BEGIN CERTIFICATE-----', ...body, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

const nameOf = (text: string): Buffer => sequence(set(sequence(COMMON_NAME, element(0x0c, Buffer.from(text)))));

const extension = (id: number, value: Buffer, critical = false): Buffer =>
  sequence(extensionId(id), ...(critical ? [element(0x01, Buffer.from([0xff]))] : []), octets(value));

/** Of the point alone, which ends what DER writes of a key on P-256. */
const keyId = (key: KeyObject): Buffer =>
  createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }).subarray(-65))
    .digest();

/** IPv6 has no place here: databases are reached on 127.0.0.0/8 and the bridge. */
function generalName(name: string): Buffer {
  if (isIPv4(name)) return element(0x87, Buffer.from(name.split('.').map(Number)));
  if (isIP(name)) throw new Error(`${name} is no name and no IPv4 address`);
  return element(0x82, Buffer.from(name));
}

function element(tag: number, body: Buffer): Buffer {
  const length =
    body.length < 0x80
      ? Buffer.from([body.length])
      : body.length < 0x100
        ? Buffer.from([0x81, body.length])
        : Buffer.from([0x82, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const sequence = (...parts: Buffer[]): Buffer => element(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => element(0x31, Buffer.concat(parts));
const octets = (bytes: Buffer): Buffer => element(0x04, bytes);
const integer = (bytes: Buffer): Buffer => element(0x02, bytes);

/** GeneralizedTime, in UTC and without fractions. */
const time = (date: Date): Buffer =>
  element(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
