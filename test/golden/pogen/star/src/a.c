trf(a, lang, "%.*s sak", n, p);
