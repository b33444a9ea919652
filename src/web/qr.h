/* web/qr.h - a QR code as markup of our own. */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "web/html.h"

/* An <svg> with the code of text, dark on light in every colour scheme; label is read out.
 * Empty when the text is too long for a code. */
struct html qr_svg(struct arena *a, str text, struct text label);

#endif
