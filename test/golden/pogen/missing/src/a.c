/* tr(lang, "not this") */

#define X "tr(lang, 1)"
f(tr(lang,
    "Meld sak"));
