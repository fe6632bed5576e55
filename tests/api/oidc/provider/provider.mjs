// A real OpenID provider on loopback, with its own pages for signing in and for consent.
//
// It prints one line of JSON once it listens: {"issuer": ...}. It ends when its standard input does,
// so that it never outlives the test. The password is never asked about: any will do. People are
// what their login says: "jo" has the mail jo@example.org, verified unless the login begins with
// "un". Clients are named for the algorithm that signs their tokens.
import http from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

// Nobody reads the output after that line.
console.log = console.info = console.error;

const redirect = process.argv[2];
const in_token = process.argv[3] === 'mail-in-token';

const jwk = (type, options, kid, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig',
});
const keys = [
  jwk('rsa', { modulusLength: 2048 }, 'rsa', 'RS256'),
  jwk('rsa', { modulusLength: 2048 }, 'pss', 'PS256'),
  jwk('ec', { namedCurve: 'P-256' }, 'ec', 'ES256'),
  jwk('ed25519', {}, 'ed', 'EdDSA'),
];

const client = (alg, how) => ({
  client_id: alg,
  client_secret: 'a secret: & of ' + alg,
  redirect_uris: [redirect],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  id_token_signed_response_alg: alg,
  token_endpoint_auth_method: how,
});

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      client('RS256', 'client_secret_basic'),
      client('PS256', 'client_secret_basic'),
      client('ES256', 'client_secret_basic'),
      client('EdDSA', 'client_secret_basic'),
    ],
    jwks: { keys },
    cookies: { keys: ['not a secret here'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: !in_token,
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
    pkce: { methods: ['S256'], required: () => true },
    findAccount: (ctx, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id.replace(/^(un|moved-)/, '')}@example.org`,
        email_verified: !id.startsWith('un'),
        name: `${id} of the provider`,
      }),
    }),
  });
  server.on('request', provider.callback());
  process.stdout.write(JSON.stringify({ issuer }) + '\n');
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
