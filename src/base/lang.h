/*
 * base/lang.h - the languages of the program, and the mark of a text to be translated.
 *
 * The text in the code is the bokmål text; po/LANG/AREA.po has the others. tools/pogen finds
 * the texts in the source, so a text that is not an argument of tr(), trf(), trn(), trc() or
 * err_new() where it stands (a table of labels, the code handed to a helper) is marked N_().
 */
#ifndef BASE_LANG_H
#define BASE_LANG_H

enum lang { /* stored as these numbers: never renumber */
	LANG_NB = 1,
	LANG_NN = 2,
	LANG_EN = 3,
};
enum { LANGS = 4 }; /* the size of an array indexed by enum lang, as the made ones are */

#define N_(msgid) msgid

#endif
