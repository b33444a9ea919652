trn(lang, "en", "to", n);
