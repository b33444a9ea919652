trf(a, lang, "%s svarte %d. gang", x, y);
