/*
 * embed - puts files into the program.
 *
 *	embed OUT.c OUT.bin FOLDER
 *
 * Takes every file under FOLDER, which tools/static.mjs fills. The bytes go to OUT.bin, which
 * OUT.c takes in whole. A file's URL carries a piece of the SHA-256 of its content; url(NAME)
 * in a style sheet is replaced by that URL.
 */
#include <ctype.h>
#include <dirent.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct file {
	char *name, *source, *bytes;
	size_t n, at;
	char url[300];
	char etag[64];
};

enum { FILES_MAX = 1000 };
static struct file files[FILES_MAX];
static size_t n_files;

static const struct {
	const char *end, *type;
} types[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
};

static _Noreturn void
die(const char *what, const char *name)
{
	fprintf(stderr, "embed: %s %s\n", what, name);
	exit(1);
}

static const char *
extension(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot : "";
}

static const char *
type_of(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(extension(name), types[i].end) == 0)
			return types[i].type;
	die("no content type for", name);
}

static char *
read_file(const char *name, size_t *ret_n)
{
	char part[1 << 16], *bytes = NULL;
	FILE *f = fopen(name, "r"), *m = open_memstream(&bytes, ret_n);
	size_t k;

	if (!f || !m)
		die("cannot open", name);
	while ((k = fread(part, 1, sizeof(part), f)) > 0)
		fwrite(part, 1, k, m);
	if (ferror(f) || fclose(m))
		die("cannot read", name);
	fclose(f);
	return bytes;
}

static void
add(const char *name, const char *source)
{
	if (n_files == FILES_MAX)
		die("too many files", "");
	for (const char *p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("-_./", *p))
			die("a character that has no place in a URL:", name);
	struct file *f = &files[n_files++];
	f->name = strdup(name);
	f->source = strdup(source);
	f->bytes = read_file(source, &f->n);
}

static void
walk(const char *folder, const char *prefix)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	struct stat st;

	if (!d)
		return;
	while ((e = readdir(d))) {
		char *path, *name;
		if (*e->d_name == '.')
			continue;
		if (asprintf(&path, "%s/%s", folder, e->d_name) < 0 ||
		    asprintf(&name, "%s%s", prefix, e->d_name) < 0)
			die("out of memory", "");
		if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
			char *deeper;
			if (asprintf(&deeper, "%s/", name) < 0)
				die("out of memory", "");
			walk(path, deeper);
		} else {
			add(name, path);
		}
	}
	closedir(d);
}

/* Style sheets last: they name the URLs of the others. Then by name. */
static int
in_order(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	bool cx = strcmp(extension(x->name), ".css") == 0,
	     cy = strcmp(extension(y->name), ".css") == 0;

	return cx != cy ? cx - cy : strcmp(x->name, y->name);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static void
name_url(struct file *f)
{
	unsigned char digest[32];
	char hex[65];
	const char *end = extension(f->name);

	if (!EVP_Digest(f->bytes, f->n, digest, NULL, EVP_sha256(), NULL))
		die("no digest of", f->name);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	snprintf(f->url, sizeof(f->url), "/static/%.*s.%.12s%s", (int)(end - f->name), f->name,
	    hex, end);
	snprintf(f->etag, sizeof(f->etag), "\"%.32s\"", hex);
}

/* The file that url(...) means: by its whole name, or by what is after the last slash. */
static const struct file *
find_named(const char *p, size_t n)
{
	while (n > 2 && strncmp(p, "./", 2) == 0)
		p += 2, n -= 2;
	for (size_t i = 0; i < n_files; i++)
		if (strlen(files[i].name) == n && memcmp(files[i].name, p, n) == 0)
			return *files[i].url ? &files[i] : NULL;
	const char *slash = memrchr(p, '/', n);
	return slash ? find_named(slash + 1, n - (size_t)(slash + 1 - p)) : NULL;
}

static void
put_urls(struct file *f)
{
	char *to;
	size_t n;
	FILE *m = open_memstream(&to, &n);
	const char *p = f->bytes, *end = p + f->n, *at;

	if (!m)
		die("out of memory", "");
	while ((at = memmem(p, (size_t)(end - p), "url(", 4))) {
		const char *from = at + 4, *stop = memchr(from, ')', (size_t)(end - from));
		if (!stop)
			break;
		const char *tail = stop;
		if (*from == '"' || *from == '\'')
			from++, tail--;
		const struct file *named = find_named(from, (size_t)(tail - from));
		fwrite(p, 1, (size_t)(at - p), m);
		if (named)
			fprintf(m, "url(\"%s\")", named->url);
		else if (*from != '#' && strncmp(from, "data:", 5) != 0)
			fprintf(stderr, "embed: %s: no file %.*s\n", f->name,
			    (int)(tail - from), from),
			    exit(1);
		else
			fwrite(at, 1, (size_t)(stop + 1 - at), m);
		p = stop + 1;
	}
	fwrite(p, 1, (size_t)(end - p), m);
	fclose(m);
	f->bytes = to;
	f->n = n;
}

static void
write_files(const char *c_name, const char *bin_name)
{
	FILE *c = fopen(c_name, "w"), *bin = fopen(bin_name, "w");
	size_t at = 0;

	if (!c || !bin)
		die("cannot write", c_name);
	fprintf(c,
	    "/* Made by embed: do not edit. */\n#include \"web/static.h\"\n\n"
	    "__asm__(\".section .rodata\\n\"\n"
	    "\t\".balign 16\\nstatic_bytes_:\\n.incbin \\\"%s\\\"\\n.byte "
	    "0\\n.previous\\n\");\n"
	    "extern const unsigned char static_bytes_[] "
	    "__attribute__((visibility(\"hidden\")));\n\n"
	    "const struct static_file static_files[] = {\n",
	    bin_name);
	for (size_t i = 0; i < n_files; i++) {
		struct file *f = &files[i];
		fprintf(c,
		    "\t{\"%s\", \"%s\", \"%s\", \"\\\"%.32s\\\"\", static_bytes_ + %zu, "
		    "%zu},\n",
		    f->name, f->url, type_of(f->name), f->etag + 1, at, f->n);
		fwrite(f->bytes, 1, f->n, bin);
		at += f->n;
	}
	fprintf(c, "\t{0},\n};\nconst size_t n_static_files = %zu;\n", n_files);
	if (fclose(c) || fclose(bin))
		die("cannot write", c_name);
}

int
main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: embed OUT.c OUT.bin FOLDER\n", stderr);
		return 2;
	}
	walk(argv[3], "");
	qsort(files, n_files, sizeof(*files), in_order);
	for (size_t i = 0; i < n_files; i++) {
		if (strcmp(extension(files[i].name), ".css") == 0)
			put_urls(&files[i]);
		name_url(&files[i]);
	}
	qsort(files, n_files, sizeof(*files), by_name);
	for (size_t i = 1; i < n_files; i++)
		if (strcmp(files[i - 1].name, files[i].name) == 0)
			die("two files of the name", files[i].name);
	write_files(argv[1], argv[2]);
	return 0;
}
