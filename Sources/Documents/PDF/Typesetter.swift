import CDocuments

/// Sets text in lines. Belongs to one thread: Pango's font maps and contexts may not be shared.
final class Typesetter {
    private let fontMap: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private let fonts: PDFFonts
    /// Which characters have a glyph in some font, as far as it was asked.
    private var known: [Unicode.Scalar: Bool] = [:]

    private init(owning fontMap: UnsafeMutablePointer<PangoFontMap>, fonts: PDFFonts) {
        self.fontMap = fontMap
        self.fonts = fonts
        context = pango_font_map_create_context(fontMap)
        // Distances as designed, not rounded to a screen's pixels.
        pango_context_set_round_glyph_positions(context, 0)
        pango_context_set_language(context, pango_language_from_string("zh-CN"))
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(UnsafeMutableRawPointer(fontMap))
    }

    static func open(_ fonts: PDFFonts) throws(PDFError) -> Typesetter {
        guard let map = shim_font_map_new() else { throw .drawing("no fonts") }
        let typesetter = Typesetter(owning: map, fonts: fonts)
        let families = typesetter.families()
        for family in [fonts.serif, fonts.sans] where !families.contains(family) {
            throw .missingFont(family: family, package: fonts.package)
        }
        return typesetter
    }

    private func families() -> Set<String> {
        var list: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
        var count: CInt = 0
        pango_font_map_list_families(fontMap, &list, &count)
        defer { g_free(list) }
        return Set((0..<Int(count)).compactMap { list?[$0].map { String(cString: pango_font_family_get_name($0)) } })
    }

    /// Lines no wider than `width` points; text without an end of its own is broken anywhere rather than cut off.
    func lines(_ spans: [PDFSpan], _ style: TextStyle, width: Double) -> [TextLine] {
        RichText.paragraphs(of: spans, replacing: { !self.hasGlyph($0) }).flatMap {
            lines(of: $0, style, width: max(width, style.size))
        }
    }

    func lines(_ text: String, _ style: TextStyle, width: Double) -> [TextLine] {
        lines([PDFSpan(text)], style, width: width)
    }

    private func lines(of text: RichText, _ style: TextStyle, width: Double) -> [TextLine] {
        guard !text.bytes.isEmpty else { return [TextLine(owning: nil, style: style, x: 0, width: 0)] }
        let indent = style.indent * style.size
        let whole = layout(text, style, spacing: 0)
        defer { g_object_unref(UnsafeMutableRawPointer(whole)) }
        pango_layout_set_width(whole, Self.units(width))
        pango_layout_set_wrap(whole, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_indent(whole, Self.units(indent))
        let count = pango_layout_get_line_count(whole)
        return (0..<count).map { index in
            let line = pango_layout_get_line_readonly(whole, index)!.pointee
            let start = Int(line.start_index)
            let part = text[start..<start + Int(line.length)]
            let left = index == 0 ? indent : 0
            return self.line(part, style, left: left, width: width - left, isLast: index == count - 1)
        }
    }

    private func line(
        _ text: RichText, _ style: TextStyle, left: Double, width: Double, isLast: Bool
    ) -> TextLine {
        let text = text.trimmed
        var drawn = layout(text, style, spacing: 0)
        var drawnWidth = Self.width(of: drawn)
        if style.isJustified, !isLast, text.isChinese, text.scalarCount > 1 {
            // Shared out between all characters: Pango would widen the one blank of a Chinese line instead.
            let spacing = (width - drawnWidth) / Double(text.scalarCount - 1)
            // Wider ones look loose, and from a tenth of the size on readers of PDF take each for a blank.
            if spacing > 0, spacing < style.size * 0.08 {
                g_object_unref(UnsafeMutableRawPointer(drawn))
                drawn = layout(text, style, spacing: spacing)
                drawnWidth = width
            }
        }
        let slack = max(0, width - drawnWidth)
        let shift: Double =
            switch style.alignment {
            case .leading: 0
            case .center: slack / 2
            case .trailing: slack
            }
        return TextLine(owning: drawn, style: style, x: left + shift, width: drawnWidth)
    }

    private func layout(_ text: RichText, _ style: TextStyle, spacing: Double) -> OpaquePointer {
        let layout = pango_layout_new(context)!
        let description = pango_font_description_new()
        pango_font_description_set_family(description, style.isSerif ? fonts.serif : fonts.sans)
        pango_font_description_set_size(description, Self.units(style.size))
        if style.isBold { pango_font_description_set_weight(description, PANGO_WEIGHT_BOLD) }
        pango_layout_set_font_description(layout, description)
        pango_font_description_free(description)
        pango_layout_set_auto_dir(layout, 0)
        text.bytes.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                pango_layout_set_text(layout, $0.baseAddress, CInt($0.count))
            }
        }
        let attributes = pango_attr_list_new()
        for range in text.bold {
            let attribute = pango_attr_weight_new(PANGO_WEIGHT_BOLD)!
            attribute.pointee.start_index = guint(range.lowerBound)
            attribute.pointee.end_index = guint(range.upperBound)
            pango_attr_list_insert(attributes, attribute)
        }
        if spacing > 0 {
            let attribute = pango_attr_letter_spacing_new(Self.units(spacing))!
            // Not behind the last character.
            attribute.pointee.end_index = guint(text.lastScalarStart)
            pango_attr_list_insert(attributes, attribute)
        }
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        return layout
    }

    private func hasGlyph(_ scalar: Unicode.Scalar) -> Bool {
        // All Chinese fonts have these, and most texts are made of nothing else.
        if scalar.isASCII || (0x4E00...0x9FA5).contains(scalar.value) { return true }
        if let answer = known[scalar] { return answer }
        let probe = layout(RichText(bytes: Array(String(scalar).utf8), bold: []), TextStyle(size: 10), spacing: 0)
        let answer = pango_layout_get_unknown_glyphs_count(probe) == 0
        g_object_unref(UnsafeMutableRawPointer(probe))
        known[scalar] = answer
        return answer
    }

    private static func units(_ points: Double) -> CInt { CInt((points * Double(shim_pango_scale)).rounded()) }

    private static func width(of layout: OpaquePointer) -> Double {
        var width: CInt = 0
        pango_layout_get_size(layout, &width, nil)
        return Double(width) / Double(shim_pango_scale)
    }
}
