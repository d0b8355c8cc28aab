import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Aws } from './aws.ts';

const ANSWER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::111111111111:user/far</Arn><UserId>A</UserId><Account>111111111111</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A server with a certificate that only its own file vouches for, and a proxy that tunnels to it. */
async function startFar() {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', cert].concat(
      '-subj',
      '/CN=sts.far.example',
      '-addext',
      'subjectAltName=DNS:sts.far.example,IP:127.0.0.1',
    ),
    { stdio: 'ignore' },
  );
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
    response.writeHead(200, { 'content-type': 'text/xml' }).end(ANSWER),
  ).listen(0, '127.0.0.1');
  const tunnels: string[] = [];
  const proxy = createProxy().listen(0, '127.0.0.1');
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url!);
    const far = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(far).pipe(socket);
    });
    for (const end of [far, socket]) end.on('error', () => end.destroy());
  });
  await Promise.all([server, proxy].map((one) => new Promise((resolve) => one.once('listening', resolve))));
  onTestFinished(() => {
    server.close();
    proxy.close();
  });
  return {
    cert,
    tunnels,
    endpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  };
}

const identity = (endpoint: string, variables: Record<string, string>) =>
  new Aws({
    account: '',
    region: 'us-east-1',
    credentials: async () => ({ accessKeyId: 'AKIAX', secretAccessKey: 'x' }),
    endpoint,
    fenced: false,
    hurried: true,
    variables,
  }).sts.callerIdentity();

it.skipIf(!hasOpenssl())('trusts the authorities of AWS_CA_BUNDLE, and says what is missing without it', async () => {
  const { cert, endpoint } = await startFar();
  await expect(identity(endpoint, {})).rejects.toMatchObject({
    id: 'aws-certificate-untrusted',
    remedy: expect.stringContaining('AWS_CA_BUNDLE'),
  });
  await expect(identity(endpoint, { AWS_CA_BUNDLE: cert })).resolves.toMatchObject({ Account: '111111111111' });
});

it.skipIf(!hasOpenssl())('tunnels through HTTPS_PROXY', async () => {
  const { cert, proxy, tunnels } = await startFar();
  const variables = { HTTPS_PROXY: proxy, AWS_CA_BUNDLE: cert };
  await expect(identity('https://sts.far.example', variables)).resolves.toMatchObject({ Account: '111111111111' });
  expect(tunnels).toEqual(['sts.far.example:443']);
});
