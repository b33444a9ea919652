/*
 * base/sha.h - SHA-256 and HMAC, from libsodium and OpenSSL. A str holds raw bytes here.
 */
#ifndef BASE_SHA_H
#define BASE_SHA_H

#include "base/str.h"

#define OPENSSL_API_COMPAT 10100 /* SHA256_Init: no memory of its own, the processor's SHA */
#include <openssl/sha.h>
#include <sodium.h>

enum { SHA256_BYTES = 32, SHA1_BYTES = 20 };

struct sha256 {
	unsigned char b[SHA256_BYTES];
};

struct sha1 {
	unsigned char b[SHA1_BYTES];
};

struct sha256_stream {
	SHA256_CTX s;
};

struct sha256 sha256(str bytes);
void sha256_init(struct sha256_stream *s);
void sha256_add(struct sha256_stream *s, str bytes);
struct sha256 sha256_finish(struct sha256_stream *s);

struct sha256 hmac_sha256(str key, str message); /* a key of any length */
struct sha1 hmac_sha1(str key, str message);     /* for one-time codes (RFC 6238) only */

str sha256_hex(struct arena *a, const struct sha256 *hash);
bool same_bytes(str x, str y); /* in a time that does not tell where they differ */

#endif
