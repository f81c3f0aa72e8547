// An identity provider (OpenID Connect) for tests: code + PKCE, device code, client credentials and refresh tokens, with keys of its own
// that are changed while it runs. It writes its address on standard output and ends with its standard input.
//
// POST /control/settings {ttl, login, away, accounts}   what counts from now on; answers with how often the keys were fetched
// POST /control/rotate {keep}                           a new key; the old ones stay published when keep is true
// POST /control/forge {header, claims, sign}            any token, signed as asked: own, or a secret for HMAC
import * as crypto from 'node:crypto';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import Provider from 'oidc-provider';

const generate = promisify(crypto.generateKeyPair);
const settings = { ttl: 300, login: 'somebody@example.org', away: false, accounts: {} };
const cookieKeys = [crypto.randomBytes(32).toString('hex')];
let keys = [];
let provider, issuer, callback;
let keyFetches = 0;

async function newKeys() {
  const [rsa, ec] = await Promise.all([generate('rsa', { modulusLength: 2048 }), generate('ec', { namedCurve: 'P-256' })]);
  const kid = crypto.randomUUID();
  return [
    { ...rsa.privateKey.export({ format: 'jwk' }), kid, use: 'sig' },
    { ...ec.privateKey.export({ format: 'jwk' }), kid: `${kid}-ec`, use: 'sig' },
  ];
}

// Grants and sessions live in the library's memory, beside the provider: a new one with other keys goes on with them.
function start() {
  const publicClient = { token_endpoint_auth_method: 'none', application_type: 'native' };
  provider = new Provider(issuer, {
    jwks: { keys },
    cookies: { keys: cookieKeys },
    clients: [
      { ...publicClient, client_id: 'spa', redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code', 'refresh_token'] },
      {
        ...publicClient, client_id: 'cli', redirect_uris: [], response_types: [],
        grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      },
      { client_id: 'machine', client_secret: 'machine-secret', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
    ],
    scopes: ['openid', 'profile', 'email', 'offline_access', 'pl'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx, client, oneOf) => oneOf?.[0],
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource) => ({
          scope: 'openid profile email offline_access pl',
          audience: resource,
          accessTokenTTL: settings.ttl,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    // The resource's own figure is kept in the grant: what counts is the one at the moment of issuing.
    ttl: {
      AccessToken: () => settings.ttl,
      ClientCredentials: () => settings.ttl,
      IdToken: 300, DeviceCode: 120, Interaction: 300, Session: 300, Grant: 3600, RefreshToken: 3600, AuthorizationCode: 60,
    },
    issueRefreshToken: (ctx, client) => client.grantTypeAllowed('refresh_token'),
    extraTokenClaims: (ctx, token) => (token.accountId ? claimsOf(token.accountId) : undefined),
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...claimsOf(id) }) }),
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx, out) => { ctx.body = out; },
  });
  provider.on('server_error', (ctx, error) => console.error(error));
  callback = provider.callback();
}

const claimsOf = (login) => ({ email: login, email_verified: true, name: login.split('@')[0], ...settings.accounts[login] });

// Whoever comes is signed in at once, as the one whom the request or the settings name, and agrees to everything.
async function interact(request, response) {
  const details = await provider.interactionDetails(request, response);
  const accountId = details.params.login_hint ?? settings.login;
  const grant = new provider.Grant({ accountId, clientId: details.params.client_id });
  grant.addOIDCScope('openid profile email offline_access');
  for (const resource of [details.params.resource ?? []].flat()) grant.addResourceScope(resource, 'openid profile email offline_access pl');
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId } }, { mergeWithLastSubmission: false });
}

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');

// Without a library, which would refuse to write most of these.
function forge({ header, claims, sign }) {
  const [key] = keys;
  const alg = header?.alg ?? 'RS256';
  const own = alg.startsWith('ES') ? keys[1] : key;
  const text = [{ alg, kid: own.kid, typ: 'at+jwt', ...header }, { iss: issuer, ...claims }]
    .map((part) => encode(Object.fromEntries(Object.entries(part).filter(([, value]) => value !== null)))).join('.');
  return `${text}.${signature(text, alg, own, sign ?? {})}`;
}

function signature(text, alg, key, { secret, nothing }) {
  if (nothing) return '';
  if (secret) return crypto.createHmac('sha256', secret === 'publicPem' ? publicPem(key) : secret).update(text).digest('base64url');
  const options = { key, format: 'jwk', dsaEncoding: 'ieee-p1363' };
  if (alg.startsWith('PS')) Object.assign(options, { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  return crypto.sign(`sha${alg.slice(2) === 'ne' ? '256' : alg.slice(2)}`, Buffer.from(text), options).toString('base64url');
}

const publicPem = (key) => crypto.createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });

async function control(path, body) {
  switch (path) {
    case '/control/settings': {
      const { accounts, ...rest } = body;
      Object.assign(settings, rest);
      Object.assign(settings.accounts, accounts);
      return { keyFetches };
    }
    case '/control/rotate': {
      const fresh = await newKeys();
      keys = body.keep ? [...fresh, ...keys] : fresh;
      start();
      return { kid: keys[0].kid };
    }
    case '/control/forge':
      return { token: forge(body), kid: keys[0].kid };
    default:
      throw new Error(`There is no ${path}.`);
  }
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

const server = createServer(async (request, response) => {
  try {
    if (request.url.startsWith('/control/')) {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(await control(request.url, await read(request))));
    } else if (settings.away) {
      request.socket.destroy();
    } else if (request.url.startsWith('/interaction/')) {
      await interact(request, response);
    } else {
      if (request.url === '/jwks') keyFetches += 1;
      callback(request, response);
    }
  } catch (error) {
    console.error(error);
    response.writeHead(500).end(`${error}`);
  }
});

keys = await newKeys();
server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  start();
  console.log(JSON.stringify({ address: issuer }));
});
process.stdin.resume().on('end', () => process.exit(0));
