// Asks a PostgreSQL server with nothing but Node: what it meets on the way stands in one line for each step.
const net = require('net'), tls = require('tls'), dns = require('dns').promises, c = require('crypto'), E = process.env
const D = JSON.parse(E.PLATFORM_DB), user = E[D.user] || '', pass = (E[D.password] || '').normalize('NFKC')
const say = (step, ok, detail) => console.log(`platform-db ${step} ${ok ? 'ok' : 'failed'} ${JSON.stringify(detail)}`)
const i32 = (n) => { const b = Buffer.alloc(4); b.writeInt32BE(n); return b }
const frame = (t, b) => Buffer.concat([Buffer.from(t), i32(b.length + 4), b])
const hmac = (k, t) => c.createHmac('sha256', k).update(t).digest(), sha = (t) => c.createHash('sha256').update(t).digest()
const md5 = (t) => c.createHash('md5').update(t).digest('hex')
const xor = (a, b) => a.map((x, i) => x ^ b[i])
let step
function reader(s) {
  let held = Buffer.alloc(0), want, end
  const turn = () => {
    if (!want) return
    if (held.length >= want.n) { const { n, ok } = want; want = 0; const b = held.subarray(0, n); held = held.subarray(n); ok(b) }
    else if (end) want.no(end)
  }
  s.on('data', (b) => { held = Buffer.concat([held, b]); turn() })
  s.on('error', (e) => { end = e; turn() })
  s.on('close', () => { end = end || new Error('the server closed the connection'); turn() })
  return (n) => new Promise((ok, no) => { want = { n, ok, no }; turn() })
}
const fields = (b) => Object.fromEntries(b.toString().split('\0').filter(Boolean).map((f) => [f[0], f.slice(1)]))
async function message(read) {
  const head = await read(5), body = await read(head.readInt32BE(1) - 4)
  if (head[0] === 69) { const f = fields(body); throw Object.assign(new Error(f.M), { code: f.C }) }
  return { t: String.fromCharCode(head[0]), b: body }
}
async function open(database, first) {
  const told = (s, d) => first && say(s, true, d)
  step = 'dns'
  const { address } = await dns.lookup(D.host)
  told('dns', { address })
  step = 'tcp'
  let s = net.connect(D.port, address)
  await new Promise((ok, no) => { s.setTimeout(10000, () => no(new Error('no answer in 10 s'))); s.once('connect', ok); s.once('error', no) })
  s.setTimeout(60000, () => s.destroy(new Error('no answer in 60 s')))
  told('tcp', {})
  step = 'tls'
  s.write(Buffer.concat([i32(8), i32(80877103)]))
  const answer = await new Promise((ok, no) => { s.once('data', ok); s.once('error', no); s.once('close', () => no(new Error('the server closed the connection'))) })
  if (answer[0] !== 83) throw new Error('the server does not offer TLS')
  s.removeAllListeners('close')
  s = tls.connect({ socket: s, host: D.host, servername: net.isIP(D.host) ? undefined : D.host, rejectUnauthorized: false })
  await new Promise((ok, no) => { s.once('secureConnect', ok); s.once('error', no) })
  told('tls', { protocol: s.getProtocol(), issuer: (s.getPeerCertificate().issuer || {}).CN, trusted: s.authorized })
  step = 'login'
  const read = reader(s)
  const start = Buffer.from(`user\0${user}\0database\0${database}\0\0`)
  s.write(Buffer.concat([i32(start.length + 8), i32(196608), start]))
  let nonce, keys, bare, authMessage
  for (;;) {
    const { t, b } = await message(read)
    if (t === 'Z') break
    if (t !== 'R') continue
    const kind = b.readInt32BE(0)
    if (kind === 3) s.write(frame('p', Buffer.from(pass + '\0')))
    if (kind === 5) s.write(frame('p', Buffer.from('md5' + md5(Buffer.concat([Buffer.from(md5(pass + user)), b.subarray(4)])) + '\0')))
    if (kind === 10) {
      nonce = c.randomBytes(18).toString('base64'); bare = `n=,r=${nonce}`
      const m = Buffer.from(`n,,${bare}`)
      s.write(frame('p', Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), i32(m.length), m])))
    }
    if (kind === 11) {
      const said = b.subarray(4).toString(), f = Object.fromEntries(said.split(',').map((x) => [x[0], x.slice(2)]))
      if (!f.r.startsWith(nonce)) throw new Error('the server answered somebody else')
      const salted = c.pbkdf2Sync(pass, Buffer.from(f.s, 'base64'), +f.i, 32, 'sha256'), client = hmac(salted, 'Client Key')
      const last = `c=biws,r=${f.r}`; authMessage = `${bare},${said},${last}`; keys = salted
      s.write(frame('p', Buffer.from(`${last},p=${Buffer.from(xor(client, hmac(sha(client), authMessage))).toString('base64')}`)))
    }
    if (kind === 12 && b.subarray(4).toString().slice(2) !== hmac(hmac(keys, 'Server Key'), authMessage).toString('base64'))
      throw new Error('the server does not know the password: it is not the one that is meant')
    if (![0, 3, 5, 10, 11, 12].includes(kind)) throw new Error(`the server wants login ${kind}`)
  }
  told('login', { user, database })
  const query = async (sql) => {
    s.write(frame('Q', Buffer.from(sql + '\0')))
    const rows = []; let failed
    for (;;) {
      let m
      try { m = await message(read) } catch (e) { if (!e.code || s.destroyed) throw e; failed = e; continue }
      if (m.t === 'Z') { if (failed) throw failed; return rows }
      if (m.t === 'D') { const n = m.b.readInt32BE(2); rows.push(n < 0 ? null : m.b.subarray(6, 6 + n).toString()) }
    }
  }
  return { query, close: () => s.end(frame('X', Buffer.alloc(0))) }
}
async function main() {
  const one = await open(D.name, true)
  step = 'version'
  say('version', true, { version: (await one.query('SHOW server_version'))[0] })
  one.close()
  for (const [index, [database, sql, fine]] of (D.sql || []).entries()) {
    const other = await open(database || D.name)
    step = `sql.${index}`
    const rows = await other.query(sql).catch((e) => { if (e.code !== fine) throw e; return [] })
    say(step, true, { rows })
    other.close()
  }
}
main().then(() => process.exit(0), (e) => { say(step, false, { code: e.code, message: e.message }); process.exit(1) })
