/* base/lang.h - the three languages of the product. */
#ifndef BASE_LANG_H
#define BASE_LANG_H

enum lang { /* stored as these numbers: never renumber */
	LANG_NB = 1,
	LANG_NN = 2,
	LANG_EN = 3,
};

#endif
