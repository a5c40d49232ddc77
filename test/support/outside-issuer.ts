import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from "jose";

/** An issuer of access tokens that is none of ours: it answers discovery and its keys, and signs what it is told to. */
export class OutsideIssuer {
  #server!: Server;
  #key!: CryptoKey;
  address = "";

  async start(): Promise<this> {
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    this.#key = privateKey;
    const jwk = { ...(await exportJWK(publicKey)), kid: "outside", alg: "ES256", use: "sig" };
    this.#server = createServer((request, response) => {
      const found = request.url === "/keys" ? { keys: [jwk] } : { issuer: this.address, jwks_uri: `${this.address}/keys` };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(found));
    });
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    this.address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** A token of somebody, for a quarter of an hour. */
  token(subject: string, claims: object = {}): Promise<string> {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "ES256", kid: "outside", typ: "at+jwt" })
      .setSubject(subject)
      .setIssuer(this.address)
      .setAudience("hifadhi")
      .setIssuedAt()
      .setExpirationTime("15m")
      .sign(this.#key);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
