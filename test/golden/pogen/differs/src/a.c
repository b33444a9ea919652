tr(lang, "Sak");
