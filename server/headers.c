/* One table of headers, so that no kind of answer can lack one. */
#include "server/headers.h"

static const struct {
	const char *name, *value;
} always[] = {
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
	{"X-Frame-Options", "DENY"},
	{"Vary", "Cookie, Accept-Language, Accept-Encoding, Authorization"},
	{"Connection", "close"},
};

static const char *policy(enum reply_kind kind)
{
	switch (kind) {
	case REPLY_PAGE:
		return "default-src 'none'; script-src 'self'; style-src 'self'; "
		       "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
		       "base-uri 'none'; frame-ancestors 'none'; "
		       "require-trusted-types-for 'script'";
	case REPLY_DATA:
	case REPLY_ASSET:
		return "default-src 'none'; frame-ancestors 'none'";
	case REPLY_BYTES:
		return "sandbox; default-src 'none'";
	}
	return "sandbox; default-src 'none'";
}

bool headers_common(size_t i, enum reply_kind kind, bool tls, const char **name, const char **value)
{
	if (i < COUNT(always)) {
		*name = always[i].name;
		*value = always[i].value;
		return true;
	}
	if (i == COUNT(always)) {
		*name = "Content-Security-Policy";
		*value = policy(kind);
		return true;
	}
	if (i == COUNT(always) + 1 && tls) {
		*name = "Strict-Transport-Security";
		*value = "max-age=31536000; includeSubDomains";
		return true;
	}
	return false;
}

const char *headers_reason(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {
		{400, "Bad Request"},
		{401, "Unauthorized"},
		{405, "Method Not Allowed"},
		{408, "Request Timeout"},
		{413, "Content Too Large"},
		{414, "URI Too Long"},
		{415, "Unsupported Media Type"},
		{417, "Expectation Failed"},
		{421, "Misdirected Request"},
		{431, "Request Header Fields Too Large"},
		{503, "Service Unavailable"},
		{505, "HTTP Version Not Supported"},
	};

	for (size_t i = 0; i < COUNT(reasons); i++) {
		if (reasons[i].status == status)
			return reasons[i].reason;
	}
	return "Error";
}
