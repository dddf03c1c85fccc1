/* Prints one view: the good cases of this folder are compiled into it, one at a time. */
#include "server/out.h"

void view_case(struct out *o);

int main(void)
{
	AUTO(arena) struct arena mem = {0};
	AUTO(out) struct out out = {0};

	out_init(&out, &mem, LANG_EN, 300);
	view_case(&out);
	return fwrite(out.buf.ptr, 1, out.buf.len, stdout) == out.buf.len ? 0 : 1;
}
