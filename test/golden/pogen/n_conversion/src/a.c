trf(a, lang, "%s sak", p);
