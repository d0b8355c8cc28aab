# Asks a PostgreSQL server with nothing but Python 3: what it meets on the way stands in one line for each step.
import base64, hashlib, hmac, json, os, socket, ssl, struct, sys, unicodedata
D = json.loads(os.environ['PLATFORM_DB'])
user = os.environ.get(D['user'], ''); word = unicodedata.normalize('NFKC', os.environ.get(D['password'], ''))
step = 'dns'
def say(name, ok, detail): print('platform-db', name, 'ok' if ok else 'failed', json.dumps(detail), flush=True)
def mac(k, t): return hmac.new(k, t, 'sha256').digest()
def frame(t, b): return t + struct.pack('>i', len(b) + 4) + b
class Refused(Exception): pass
def exactly(s, n):
    b = b''
    while len(b) < n:
        more = s.recv(n - len(b))
        if not more: raise Exception('the server closed the connection')
        b += more
    return b
def message(s):
    t = exactly(s, 1); b = exactly(s, struct.unpack('>i', exactly(s, 4))[0] - 4)
    if t == b'E':
        f = {x[:1]: x[1:] for x in b.decode('utf8', 'replace').split('\0') if x}
        e = Refused(f.get('M')); e.code = f.get('C'); raise e
    return t, b
def connect(database, first):
    global step
    def told(name, detail):
        if first: say(name, True, detail)
    step = 'dns'
    family, _, _, _, address = socket.getaddrinfo(D['host'], D['port'], type=socket.SOCK_STREAM)[0]
    told('dns', {'address': address[0]})
    step = 'tcp'
    s = socket.socket(family); s.settimeout(10); s.connect(address); s.settimeout(60)
    told('tcp', {})
    step = 'tls'
    s.sendall(struct.pack('>ii', 8, 80877103))
    if exactly(s, 1) != b'S': raise Exception('the server does not offer TLS')
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT); context.check_hostname = False; context.verify_mode = ssl.CERT_NONE
    s = context.wrap_socket(s, server_hostname=D['host'])
    told('tls', {'protocol': s.version()})
    step = 'login'
    start = ('user\0%s\0database\0%s\0\0' % (user, database)).encode()
    s.sendall(struct.pack('>ii', len(start) + 8, 196608) + start)
    while True:
        t, b = message(s)
        if t == b'Z': break
        if t != b'R': continue
        kind, = struct.unpack('>i', b[:4])
        if kind == 3: s.sendall(frame(b'p', word.encode() + b'\0'))
        elif kind == 5:
            inner = hashlib.md5((word + user).encode()).hexdigest().encode()
            s.sendall(frame(b'p', b'md5' + hashlib.md5(inner + b[4:]).hexdigest().encode() + b'\0'))
        elif kind == 10:
            nonce = base64.b64encode(os.urandom(18)).decode(); bare = 'n=,r=' + nonce; m = ('n,,' + bare).encode()
            s.sendall(frame(b'p', b'SCRAM-SHA-256\0' + struct.pack('>i', len(m)) + m))
        elif kind == 11:
            said = b[4:].decode(); f = {x[0]: x[2:] for x in said.split(',')}
            if not f['r'].startswith(nonce): raise Exception('the server answered somebody else')
            salted = hashlib.pbkdf2_hmac('sha256', word.encode(), base64.b64decode(f['s']), int(f['i']))
            last = 'c=biws,r=' + f['r']; text = ','.join([bare, said, last]).encode(); client = mac(salted, b'Client Key')
            proof = bytes(x ^ y for x, y in zip(client, mac(hashlib.sha256(client).digest(), text)))
            s.sendall(frame(b'p', (last + ',p=' + base64.b64encode(proof).decode()).encode()))
        elif kind == 12:
            if b[6:].decode() != base64.b64encode(mac(mac(salted, b'Server Key'), text)).decode():
                raise Exception('the server does not know the password: it is not the one that is meant')
        elif kind != 0: raise Exception('the server wants login %d' % kind)
    told('login', {'user': user, 'database': database})
    return s
def query(s, sql):
    s.sendall(frame(b'Q', sql.encode() + b'\0')); rows = []; failed = None
    while True:
        try: t, b = message(s)
        except Refused as e: failed = e; continue
        if t == b'Z':
            if failed: raise failed
            return rows
        if t == b'D':
            n, = struct.unpack('>i', b[2:6]); rows.append(None if n < 0 else b[6:6 + n].decode())
try:
    s = connect(D['name'], True)
    step = 'version'
    say('version', True, {'version': query(s, 'SHOW server_version')[0]})
    s.close()
    for index, (database, sql, fine) in enumerate(D.get('sql', [])):
        s = connect(database or D['name'], False)
        step = 'sql.%d' % index
        try: rows = query(s, sql)
        except Refused as e:
            if e.code != fine: raise
            rows = []
        say(step, True, {'rows': rows})
        s.close()
except Exception as e:
    say(step, False, {'code': getattr(e, 'code', None) or getattr(e, 'errno', None), 'message': str(e)})
    sys.exit(1)
