#include "web/qr.h"

#include <qrencode.h>

enum { QUIET = 4 }; /* modules of white around, as the standard asks */

struct html
qr_svg(struct arena *a, str text, struct text label)
{
	QRcode *q = QRcode_encodeString8bit(str_to_c(a, text), 0, QR_ECLEVEL_M);
	struct buf b = buf_new(a, 256 << 10);

	if (!q)
		return (struct html){S("")};
	int n = q->width + 2 * QUIET;
	buf_printf(&b,
	    "<svg class=\"rt-qr\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"" STR_FMT
	    "\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
	    n, n, STR_ARG(label.s), n, n);
	for (int y = 0; y < q->width; y++)
		for (int x = 0; x < q->width; x++)
			if (q->data[y * q->width + x] & 1)
				buf_printf(&b, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
	buf_put(&b, S("\"/></svg>"));
	QRcode_free(q);
	return (struct html){buf_str(&b)};
}
