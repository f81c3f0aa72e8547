// An SMTP server whose answers a test decides by the recipient's name. The one argument is JSON: { port, secure, certificate, key, user, password,
// immortal }.
// On standard output, a line of JSON each: first { port }, then every mail that it took, as mailparser reads it.
import { readFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const { port = 0, secure = false, certificate, key, user, password, immortal } = JSON.parse(process.argv[2] ?? "{}");
const seen = new Set();
const tell = (line) => process.stdout.write(JSON.stringify(line) + "\n");
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  secure,
  ...(certificate ? { cert: readFileSync(certificate), key: readFileSync(key) } : {}),
  hideSTARTTLS: !certificate,
  authOptional: !user,
  allowInsecureAuth: true,
  disableReverseLookup: true,
  logger: false,

  onAuth(auth, session, done) {
    done(auth.username === user && auth.password === password ? null : refusal(535, "5.7.8 Who are you?"), { user: auth.username });
  },

  onRcptTo({ address }, session, done) {
    const [word] = address.split(".");
    if (word === "hang") return; // For ever.
    if (word === "bounce") return done(refusal(550, "5.1.1 There is nobody of this name here"));
    if (word === "never") return done(refusal(451, "4.7.1 Come back later"));
    if (word === "greylist" && !seen.has(address)) {
      seen.add(address);
      return done(refusal(451, "4.7.1 Come back later"));
    }
    if (word === "closing" && !seen.has(address)) {
      seen.add(address);
      return done(refusal(421, "4.3.2 The service is closing"));
    }
    done();
  },

  async onData(stream, session, done) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString("latin1");
    const to = session.envelope.rcptTo.map(({ address }) => address);
    if (to.some((address) => address.startsWith("refused."))) return done(refusal(554, "5.7.1 Not this one"));
    const mail = await simpleParser(raw);
    tell({
      to,
      sender: session.envelope.mailFrom.address,
      session: session.id,
      secure: session.secure,
      user: session.user ?? null,
      from: mail.from.value[0],
      headerTo: mail.to.value[0],
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      headers: Object.fromEntries(mail.headerLines.map(({ key: name, line }) => [name, line.slice(line.indexOf(":") + 1).trim()])),
      raw,
    });
    // Some servers die before anybody hears that they took it.
    if (!immortal && to.some((address) => address.startsWith("dies."))) process.exit(1);
    done(null, "2.0.0 Taken");
  },
});

// Clients that hang up are no event.
server.on("error", () => {});
server.listen(port, "127.0.0.1", () => tell({ port: server.server.address().port }));
process.stdin.resume().on("end", () => process.exit(0));
