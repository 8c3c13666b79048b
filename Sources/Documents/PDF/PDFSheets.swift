import CDocuments
import Domain

/// Draws pages into a PDF file.
enum PDFSheets {
    private final class Output {
        var bytes: [UInt8] = []
    }

    static func draw(_ pages: [Page], of document: PDFDocument) throws(PDFError) -> [UInt8] {
        let output = Output()
        let surface = cairo_pdf_surface_create_for_stream(
            { closure, data, count in
                let output = Unmanaged<Output>.fromOpaque(closure!).takeUnretainedValue()
                output.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(output).toOpaque(), Page.width, Page.height)!
        defer { cairo_surface_destroy(surface) }
        describe(document, on: surface)
        let cairo = cairo_create(surface)!
        defer { cairo_destroy(cairo) }
        // Entries of the outline that wait for deeper ones.
        var parents: [(level: Int, id: CInt)] = []
        for (index, page) in pages.enumerated() {
            for mark in page.marks {
                if case .outline(let text, let level, let y) = mark {
                    parents.removeAll { $0.level >= level }
                    let place = "page=\(index + 1) pos=[\(Page.left.rounded()) \(y.rounded())]"
                    let parent = parents.last?.id ?? CInt(CAIRO_PDF_OUTLINE_ROOT)
                    let id = cairo_pdf_surface_add_outline(
                        surface, parent, clean(text), place, cairo_pdf_outline_flags_t(rawValue: 0))
                    parents.append((level, id))
                } else {
                    draw(mark, on: cairo)
                }
            }
            cairo_show_page(cairo)
        }
        cairo_surface_finish(surface)
        for status in [cairo_status(cairo), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw .drawing(String(cString: cairo_status_to_string(status)))
        }
        return withExtendedLifetime(output) { output.bytes }
    }

    private static func describe(_ document: PDFDocument, on surface: OpaquePointer) {
        let local = document.zone.civil(document.created)
        for (key, value) in [
            (CAIRO_PDF_METADATA_TITLE, clean(document.title)), (CAIRO_PDF_METADATA_AUTHOR, clean(document.author)),
            (CAIRO_PDF_METADATA_SUBJECT, clean(document.number)), (CAIRO_PDF_METADATA_CREATOR, "Mingchu"),
            (CAIRO_PDF_METADATA_CREATE_DATE, "\(local.date)T\(local.clock)\(document.zone.suffix)"),
        ] {
            cairo_pdf_surface_set_metadata(surface, key, value)
        }
    }

    private static func clean(_ text: String) -> String { CellText.clean(text) }

    private static func draw(_ mark: Page.Mark, on cairo: OpaquePointer) {
        switch mark {
        case .text(let line, let x, let y): line.draw(on: cairo, x: x, y: y)
        case .fill(let box, let ink):
            use(ink, cairo)
            cairo_rectangle(cairo, box.x, box.y, box.width, box.height)
            cairo_fill(cairo)
        case .rule(let fromX, let fromY, let toX, let toY, let width, let ink):
            use(ink, cairo)
            cairo_set_line_width(cairo, width)
            cairo_set_line_cap(cairo, CAIRO_LINE_CAP_SQUARE)
            cairo_move_to(cairo, fromX, fromY)
            cairo_line_to(cairo, toX, toY)
            cairo_stroke(cairo)
        case .picture(let picture, let box): draw(picture, in: box, on: cairo)
        case .qrCode(let code, let box): draw(code, in: box, on: cairo)
        case .dashedCircle(let x, let y, let radius, let ink):
            use(ink, cairo)
            cairo_save(cairo)
            cairo_set_line_width(cairo, 0.9)
            cairo_set_dash(cairo, [4, 3], 2, 0)
            cairo_new_path(cairo)
            cairo_arc(cairo, x, y, radius, 0, 2 * Double.pi)
            cairo_stroke(cairo)
            cairo_restore(cairo)
        case .outline: break
        }
    }

    private static func draw(_ picture: DecodedPicture, in box: Page.Box, on cairo: OpaquePointer) {
        cairo_save(cairo)
        cairo_translate(cairo, box.x, box.y)
        cairo_scale(cairo, box.width / Double(picture.width), box.height / Double(picture.height))
        cairo_set_source_surface(cairo, picture.surface, 0, 0)
        cairo_rectangle(cairo, 0, 0, Double(picture.width), Double(picture.height))
        cairo_fill(cairo)
        cairo_restore(cairo)
    }

    /// The quiet zone is inside of the box.
    private static func draw(_ code: QRCode, in box: Page.Box, on cairo: OpaquePointer) {
        let module = box.width / Double(code.size + 2 * QRCode.quietZone)
        use(.solid, cairo)
        for run in code.runs {
            cairo_rectangle(
                cairo, box.x + Double(run.x + QRCode.quietZone) * module,
                box.y + Double(run.y + QRCode.quietZone) * module, Double(run.length) * module, module)
        }
        cairo_fill(cairo)
    }

    private static func use(_ ink: Ink, _ cairo: OpaquePointer) {
        cairo_set_source_rgb(cairo, ink.red, ink.green, ink.blue)
    }
}
