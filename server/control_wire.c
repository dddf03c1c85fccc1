/* Frames of the control socket. */
#include "server/control_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void control_wire_release(struct control_wire *w)
{
	if (w->fd >= 0)
		(void)close(w->fd);
	w->fd = -1;
	buf_release(&w->in);
	buf_release(&w->out);
}

void control_begin(struct control_wire *w, enum control_kind kind)
{
	wire_begin(&w->out, (enum wire_kind)kind);
}

enum status control_send(struct control_wire *w)
{
	return wire_send(w->fd, &w->out, 0);
}

enum status control_receive(struct control_wire *w, enum control_kind *kind,
			    struct wire_reader *fields)
{
	enum wire_kind raw;
	enum status outcome = wire_receive(w->fd, &w->in, &raw, fields, 0);

	if (outcome != ST_OK)
		return fail(ST_FAILED, "the other side of the control socket is gone");
	*kind = (enum control_kind)raw;
	return ST_OK;
}

enum status control_send_content(struct control_wire *w, struct str content)
{
	for (size_t at = 0; at < content.len; at += CONTROL_PIECE_MAX) {
		control_begin(w, CONTROL_PIECE);
		wire_text(&w->out, str_head(str_from(content, at), CONTROL_PIECE_MAX));
		TRY(control_send(w));
	}
	return ST_OK;
}

enum status control_receive_content(struct control_wire *w, struct buf *out, int64_t size)
{
	buf_reset(out);
	while ((int64_t)out->len < size) {
		struct wire_reader fields;
		enum control_kind kind = CONTROL_DONE;
		struct str piece;

		TRY(control_receive(w, &kind, &fields));
		piece = wire_get_text(&fields);
		if (kind != CONTROL_PIECE || !wire_get_end(&fields) || piece.len == 0 ||
		    (int64_t)(out->len + piece.len) > size)
			return fail(ST_FAILED, "a damaged message on the control socket");
		buf_str_add(out, piece);
	}
	return ST_OK;
}

enum status control_outcome(struct wire_reader *fields)
{
	uint32_t outcome = wire_get_u32(fields);
	struct str message = wire_get_text(fields);

	if (!wire_get_end(fields) || outcome > ST_FAILED)
		return fail(ST_FAILED, "a damaged message on the control socket");
	if (outcome == ST_OK)
		return ST_OK;
	return fail((enum status)outcome, "%.*s", STR_ARG(message));
}

enum status control_address(struct sockaddr_un *out, int *folder_fd, const char *path)
{
	const char *name = strrchr(path, '/');
	char folder[512];
	int need;

	*out = (struct sockaddr_un){.sun_family = AF_UNIX};
	need = snprintf(folder, sizeof(folder), "%.*s", name ? (int)(name - path) : 1,
			name ? path : ".");
	if (need < 0 || (size_t)need >= sizeof(folder))
		return fail(ST_INVALID, "the name of the data folder is too long");
	*folder_fd = open(folder[0] ? folder : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*folder_fd < 0)
		return fail(ST_NOT_FOUND, "open %s: %s", folder, strerror(errno));
	(void)snprintf(out->sun_path, sizeof(out->sun_path), "/proc/self/fd/%d/%.64s", *folder_fd,
		       name ? name + 1 : path);
	return ST_OK;
}
