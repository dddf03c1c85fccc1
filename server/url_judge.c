/* Judging addresses that authors wrote: the allow-list of security.md 6.4. */
#include "server/url.h"

#include "schema/base/utf8.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- cleaning --------------------------------------------------------------------------------- */

/* The code point of "&#x6A;" or "&#106;" (the semicolon may be missing), or UTF8_BAD. */
static uint32_t numeric_entity(struct str text, size_t *at)
{
	size_t i = *at + 2;
	bool hex = i < text.len && lower(text.ptr[i]) == 'x';
	size_t first = hex ? ++i : i;
	uint32_t value = 0;

	for (; i < text.len; i++) {
		char c = lower(text.ptr[i]);
		int number = digit(c) ? c - '0' : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (number < 0)
			break;
		if (value < 0x200000)
			value = value * (hex ? 16 : 10) + (uint32_t)number;
	}
	if (i == first)
		return UTF8_BAD;
	*at = i < text.len && text.ptr[i] == ';' ? i + 1 : i;
	return value > 0x10ffff || (value >= 0xd800 && value < 0xe000) ? 0xfffd : value;
}

/* Entities that matter in an address: those that make up its grammar, and blanks. */
static uint32_t named_entity(struct str text, size_t *at)
{
	static const struct {
		const char *name;
		uint32_t point;
	} names[] = {
		{"&amp;", '&'},    {"&colon;", ':'},    {"&sol;", '/'},    {"&bsol;", '\\'},
		{"&Tab;", '\t'},   {"&NewLine;", '\n'}, {"&lpar;", '('},   {"&rpar;", ')'},
		{"&num;", '#'},    {"&quest;", '?'},    {"&period;", '.'}, {"&commat;", '@'},
		{"&percnt;", '%'}, {"&lt;", '<'},       {"&gt;", '>'},     {"&quot;", '"'},
		{"&apos;", '\''},  {"&equals;", '='},   {"&nbsp;", 0xa0},  {"&semi;", ';'},
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		if (!str_starts(str_from(text, *at), str_c(names[i].name)))
			continue;
		*at += strlen(names[i].name);
		return names[i].point;
	}
	return UTF8_BAD;
}

static bool dropped(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point <= 0xa0) || point == 0xad ||
	       (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
	       (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
}

/* Most addresses need no cleaning. */
static bool is_clean(struct str address)
{
	for (size_t i = 0; i < address.len; i++)
		if (address.ptr[i] < ' ' || address.ptr[i] == 0x7f || address.ptr[i] == '&')
			return false;
	return true;
}

/* Entities decoded once, then control bytes and invisible characters left out. */
static void clean(struct buf *out, struct str address)
{
	for (size_t at = 0; at < address.len;) {
		uint32_t point = UTF8_BAD;

		if (address.ptr[at] == '&')
			point = at + 1 < address.len && address.ptr[at + 1] == '#'
					? numeric_entity(address, &at)
					: named_entity(address, &at);
		if (point == UTF8_BAD)
			point = utf8_next(address, &at);
		if (point != UTF8_BAD && !dropped(point))
			utf8_put(out, point);
	}
}

/* ---- punycode (RFC 3492) ------------------------------------------------------------------------ */

enum { HOST_MAX = 253, LABEL_POINTS = 63 };

static uint32_t adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;

	delta = first ? delta / 700 : delta / 2;
	delta += delta / points;
	for (; delta > 455; k += 36)
		delta /= 35;
	return k + 36 * delta / (delta + 38);
}

static void puny_number(struct buf *out, uint32_t number, uint32_t bias)
{
	for (uint32_t k = 36;; k += 36) {
		uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
		uint32_t d = number < t ? number : t + (number - t) % (36 - t);

		buf_byte(out, (char)(d < 26 ? 'a' + d : '0' + d - 26));
		if (number < t)
			return;
		number = (number - t) / (36 - t);
	}
}

static void puny_label(struct buf *out, const uint32_t *points, uint32_t count)
{
	uint32_t n = 0x80, delta = 0, bias = 72, done = 0, basic;

	buf_c_add(out, "xn--");
	for (uint32_t i = 0; i < count; i++)
		if (points[i] < 0x80) {
			buf_byte(out, lower((char)points[i]));
			done++;
		}
	basic = done;
	if (basic)
		buf_byte(out, '-');
	while (done < count) {
		uint32_t next = UINT32_MAX;

		for (uint32_t i = 0; i < count; i++)
			if (points[i] >= n && points[i] < next)
				next = points[i];
		delta += (next - n) * (done + 1);
		n = next;
		for (uint32_t i = 0; i < count; i++) {
			delta += points[i] < n;
			if (points[i] != n)
				continue;
			puny_number(out, delta, bias);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
		delta++;
		n++;
	}
}

/* One label of a host in ASCII; false when it holds what no host may. */
static bool host_label(struct buf *out, struct str label)
{
	uint32_t points[LABEL_POINTS], count = 0;
	char letters[LABEL_POINTS];
	bool ascii = true;

	for (size_t at = 0; at < label.len;) {
		uint32_t point = utf8_next(label, &at);

		if (point == UTF8_BAD || count == LABEL_POINTS)
			return false;
		if (point < 0x80 && !letter((char)point) && !digit((char)point) && point != '-' &&
		    point != '_')
			return false;
		/* Capital Cyrillic, the commonest case here; browsers fold the rest, we only show it. */
		if (point >= 0x410 && point <= 0x42f)
			point += 0x20;
		ascii &= point < 0x80;
		points[count++] = point;
	}
	if (!ascii) {
		puny_label(out, points, count);
		return true;
	}
	for (uint32_t i = 0; i < count; i++)
		letters[i] = lower((char)points[i]);
	buf_add(out, letters, count);
	return true;
}

/* "[::1]" and the like. */
static bool host_literal(struct buf *out, struct str host)
{
	for (size_t i = 1; i + 1 < host.len; i++)
		if (!strchr("0123456789abcdefABCDEF:.", host.ptr[i]))
			return false;
	buf_str_add(out, host);
	return host.len > 3 && host.ptr[host.len - 1] == ']';
}

static bool host_ascii(struct buf *out, struct str host)
{
	if (host.len == 0 || host.len > HOST_MAX)
		return false;
	if (host.ptr[0] == '[')
		return host_literal(out, host);
	for (struct str rest = host; rest.ptr;) {
		if (!host_label(out, str_cut(&rest, '.')))
			return false;
		if (rest.ptr)
			buf_byte(out, '.');
	}
	return true;
}

/* ---- judging ---------------------------------------------------------------------------------- */

static bool may_stand(unsigned char c)
{
	return c > 0x20 && c < 0x7f && !strchr("\"'<>\\^`{|}", c);
}

/* Percent-encode what may not stand in an address; what is encoded already stays. */
static void encode_rest(struct buf *out, struct str text)
{
	static const char digits[] = "0123456789ABCDEF";

	size_t at = 0;

	while (at < text.len) {
		size_t from = at;

		while (at < text.len && may_stand((unsigned char)text.ptr[at]))
			at++;
		buf_add(out, text.ptr + from, at - from);
		if (at < text.len) {
			unsigned char c = (unsigned char)text.ptr[at++];

			buf_add(out, (const char[]){'%', digits[c >> 4], digits[c & 15]}, 3);
		}
	}
}

/* The scheme in lower case without its colon; empty when the address has none. */
static struct str scheme_of(struct arena *mem, struct str address)
{
	size_t len = 0;
	char *scheme;

	while (len < address.len && !strchr(":/?#", address.ptr[len]))
		len++;
	if (len == address.len || address.ptr[len] != ':')
		return STR_NONE;
	scheme = arena_c(mem, str_head(address, len));
	for (size_t i = 0; i < len; i++)
		scheme[i] = lower(scheme[i]);
	return str_of(scheme, len);
}

/* http and https: "//" [user "@" is refused] host [":" port] rest. */
static struct url_written judge_web(struct arena *mem, struct str scheme, struct str rest)
{
	AUTO(buf) struct buf host = {0}, whole = {0};
	struct url_written refused = {.kind = URL_REFUSED};
	struct str authority, port = STR_NONE;
	size_t len = 0, end;

	if (!str_starts(rest, STR("//")))
		return refused;
	rest = str_from(rest, 2);
	while (len < rest.len && !strchr("/?#\\", rest.ptr[len]))
		len++;
	authority = str_head(rest, len);
	rest = str_from(rest, len);
	end = authority.len;
	while (end > 0 && digit(authority.ptr[end - 1]))
		end--;
	if (end > 0 && end <= authority.len && authority.ptr[end - 1] == ':') {
		port = str_from(authority, end - 1);
		authority = str_head(authority, end - 1);
	}
	/*
	 * A user name before "@" only serves to deceive: http://lex.uz@evil.example/. Browsers end the
	 * host at a backslash; encoded, it would become part of such a name.
	 */
	if (str_starts(rest, STR("\\")) || port.len > 6 || !host_ascii(&host, authority))
		return refused;
	buf_str_add(&whole, scheme);
	buf_c_add(&whole, "://");
	buf_str_add(&whole, buf_str(&host));
	buf_str_add(&whole, port);
	encode_rest(&whole, rest);
	return (struct url_written){
		.kind = URL_OUTSIDE, .url = {buf_keep(&whole, mem)}, .host = buf_keep(&host, mem)};
}

/* mailto: keeps no header field but the subject. */
static struct url_written judge_mail(struct arena *mem, struct str rest)
{
	AUTO(buf) struct buf whole = {0};
	struct str fields = rest;
	struct str who = str_cut(&fields, '?');

	buf_c_add(&whole, "mailto:");
	encode_rest(&whole, who);
	while (fields.ptr) {
		struct str field = str_cut(&fields, '&');

		if (field.len < 8 || strncasecmp(field.ptr, "subject=", 8) != 0)
			continue;
		buf_c_add(&whole, "?subject=");
		encode_rest(&whole, str_from(field, 8));
		break;
	}
	return (struct url_written){.kind = URL_OTHER, .url = {buf_keep(&whole, mem)}};
}

static struct url_written judge_phone(struct arena *mem, struct str rest)
{
	AUTO(buf) struct buf whole = {0};

	for (size_t i = 0; i < rest.len; i++)
		if (!digit(rest.ptr[i]) && !strchr("+-.()", rest.ptr[i]))
			return (struct url_written){.kind = URL_REFUSED};
	buf_printf(&whole, "tel:%.*s", STR_ARG(rest));
	return (struct url_written){.kind = URL_OTHER, .url = {buf_keep(&whole, mem)}};
}

static struct url_written judge_scheme(struct arena *mem, struct str scheme, struct str rest)
{
	if (str_is(scheme, "http") || str_is(scheme, "https"))
		return judge_web(mem, scheme, rest);
	if (str_is(scheme, "mailto"))
		return judge_mail(mem, rest);
	if (str_is(scheme, "tel"))
		return judge_phone(mem, rest);
	return (struct url_written){.kind = URL_REFUSED};
}

struct url_written url_judge(struct arena *mem, struct str address)
{
	AUTO(buf) struct buf cleaned = {0}, encoded = {0};
	struct url_written out = {.kind = URL_REFUSED};
	struct str text, scheme;

	if (!is_clean(address)) {
		clean(&cleaned, address);
		address = buf_keep(&cleaned, mem);
	}
	text = str_trim(address);
	if (text.len == 0 || text.ptr[0] == '\\' || str_starts(text, STR("//")) ||
	    str_starts(text, STR("/\\")))
		return out;
	scheme = scheme_of(mem, text);
	if (scheme.ptr)
		return judge_scheme(mem, scheme, str_from(text, scheme.len + 1));
	if (text.ptr[0] == '#') {
		out.kind = URL_PART;
		out.rest = str_from(text, 1);
		return out;
	}
	out.kind = text.ptr[0] == '/' ? URL_OWN : URL_RELATIVE;
	out.rest = text;
	encode_rest(&encoded, text);
	out.url = (struct url){buf_keep(&encoded, mem)};
	return out;
}
