#include "store/file_kind.h"

static const struct {
	enum file_kind kind;
	str ending, content_type;
} kinds[] = {
    {FILE_PDF, S("pdf"), S("application/pdf")},
    {FILE_DOCX, S("docx"),
	S("application/vnd.openxmlformats-officedocument.wordprocessingml.document")},
    {FILE_XLSX, S("xlsx"),
	S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")},
    {FILE_ODT, S("odt"), S("application/vnd.oasis.opendocument.text")},
    {FILE_PNG, S("png"), S("image/png")},
    {FILE_JPEG, S("jpg"), S("image/jpeg")},
    {FILE_JPEG, S("jpeg"), S("image/jpeg")},
    {FILE_TXT, S("txt"), S("text/plain; charset=utf-8")},
    {FILE_CSV, S("csv"), S("text/csv; charset=utf-8")},
};
enum { N_KINDS = sizeof(kinds) / sizeof(*kinds) };

static bool
same_ending(str name, str ending)
{
	if (name.n != ending.n)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != ending.p[i])
			return false;
	}
	return true;
}

bool
file_kind_of_name(str filename, enum file_kind *ret)
{
	str stem, ending = filename;

	if (!str_cut(ending, '.', &stem, &ending))
		return false;
	while (str_cut(ending, '.', &stem, &ending))
		;
	for (int i = 0; i < N_KINDS; i++) {
		if (!same_ending(ending, kinds[i].ending))
			continue;
		*ret = kinds[i].kind;
		return true;
	}
	return false;
}

str
file_kind_content_type(enum file_kind kind)
{
	for (int i = 0; i < N_KINDS; i++)
		if (kinds[i].kind == kind)
			return kinds[i].content_type;
	return S("application/octet-stream");
}
