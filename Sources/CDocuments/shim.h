#ifndef MINGCHU_CDOCUMENTS_SHIM_H
#define MINGCHU_CDOCUMENTS_SHIM_H
#include <cairo-pdf.h>
#include <cairo.h>
#include <expat.h>
#include <iconv.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <xlsxwriter.h>
#include <zip.h>

// What Swift can't import: casts of GObject, and macros.

/// Fonts of one thread: a map of its own, in which a point is a unit of the PDF's.
static inline PangoFontMap *shim_font_map_new(void) {
    PangoFontMap *map = pango_cairo_font_map_new();
    if (map) pango_cairo_font_map_set_resolution((PangoCairoFontMap *)map, 72);
    return map;
}

static inline int shim_is_unknown_glyph(PangoGlyph glyph) { return (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0; }

static const char *const shim_mime_jpeg = CAIRO_MIME_TYPE_JPEG;
static const int shim_pango_scale = PANGO_SCALE;
#endif
