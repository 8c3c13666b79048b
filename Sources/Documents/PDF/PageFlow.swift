/// Puts blocks below each other, and on a new page what no longer fits.
struct PageFlow {
    let typesetter: Typesetter
    private let numbering: PDFDocument.Numbering
    private var counters = [0, 0, 0]
    private(set) var pages = [Page()]
    /// Where the next block begins.
    var y = Page.top

    static let body = TextStyle(size: 11.5, isSerif: true, isJustified: true, leading: 1.75)

    init(typesetter: Typesetter, numbering: PDFDocument.Numbering) {
        self.typesetter = typesetter
        self.numbering = numbering
    }

    var isAtTop: Bool { y <= Page.top }

    mutating func newPage() {
        pages.append(Page())
        y = Page.top
    }

    mutating func mark(_ mark: Page.Mark) { pages[pages.count - 1].marks.append(mark) }

    /// Begins a new page unless so much fits on this one, or nothing is on it yet.
    mutating func need(_ height: Double) {
        if y + height > Page.bottom, !isAtTop { newPage() }
    }

    /// Headings that would stand alone at a page's end go to the next page with what they are headings of.
    mutating func add(_ blocks: [PDFBlock]) throws(PDFError) {
        var rest = blocks[...]
        while let block = rest.popFirst() {
            guard block.isHeading else {
                try add(block)
                continue
            }
            var group = [block]
            while let next = rest.popFirst() {
                group.append(next)
                guard next.isHeading else { break }
            }
            try addTogether(group)
        }
    }

    private mutating func addTogether(_ group: [PDFBlock]) throws(PDFError) {
        let before = self
        try add(group[0])
        let firstPage = pages.count - 1
        for heading in group.dropFirst().dropLast() { try add(heading) }
        let (page, marks) = (pages.count - 1, pages[pages.count - 1].marks.count)
        guard group.count > 1, let last = group.last else { return }
        try add(last)
        let hasMoved = pages.count - 1 > page && pages[page].marks.count == marks
        guard (hasMoved ? page + 1 : page) > firstPage, !before.isAtTop else { return }
        if case .pageBreak = last { return }
        self = before
        newPage()
        for block in group { try add(block) }
    }

    private mutating func add(_ block: PDFBlock) throws(PDFError) {
        switch block {
        case .letterhead(let text): letterhead(text)
        case .title(let text): title(text)
        case .reference(let text):
            let style = TextStyle(size: 10.5, ink: .grey, alignment: .center)
            place(typesetter.lines(text, style, width: Page.textWidth))
            y += 10
        case .heading(let text, let level): heading(text, level: min(max(level, 1), 3))
        case .paragraph(let spans, let style): paragraph(spans, style)
        case .facts(let facts): self.facts(facts)
        case .table(let table): self.table(table)
        case .chart(let chart): self.chart(chart)
        case .pictures(let pictures): try self.pictures(pictures)
        case .qrCode(let code, let caption): qrCode(code, caption)
        case .poster(let code): poster(code)
        case .signatures(let signatures, let stamp): self.signatures(signatures, stamp: stamp)
        case .space(let millimetres): if !isAtTop { y += max(0, millimetres) * Page.millimetre }
        case .pageBreak: if !isAtTop { newPage() }
        }
    }

    /// Lines over as many pages as they need, never one alone at a page's end or beginning when it can be helped.
    mutating func place(_ lines: [TextLine], x: Double = Page.left) {
        for (index, line) in lines.enumerated() {
            let height = line.style.lineHeight
            let isPenultimate = index == lines.count - 2
            let isFirstOfMore = index == 0 && lines.count > 1
            need(isPenultimate || isFirstOfMore ? 2 * height : height)
            mark(.text(line, x: x + line.x, y: y + line.style.baseline))
            y += height
        }
    }

    private mutating func letterhead(_ text: String) {
        let style = TextStyle(
            size: 24, isSerif: true, isBold: true, ink: .official, alignment: .center, leading: 1.4)
        place(typesetter.lines(text, style, width: Page.textWidth))
        y += 8
        mark(.rule(fromX: Page.left, fromY: y, toX: Page.right, toY: y, width: 1.8, .official))
        y += 20
    }

    private mutating func title(_ text: String) {
        let style = TextStyle(size: 20, isSerif: true, isBold: true, alignment: .center, leading: 1.5)
        place(typesetter.lines(text, style, width: Page.textWidth))
        y += 6
    }

    private mutating func heading(_ text: String, level: Int) {
        counters[level - 1] += 1
        for lower in level..<counters.count { counters[lower] = 0 }
        let numbered = HeadingNumber.text(numbering, counters, level: level) + text
        let style = TextStyle(size: [13, 12, 11.5][level - 1], isBold: true, leading: 1.6)
        if !isAtTop { y += 8 }
        let lines = typesetter.lines(numbered, style, width: Page.textWidth)
        // With two lines of what follows.
        need(Double(lines.count) * style.lineHeight + 2 * Self.body.lineHeight + 4)
        mark(.outline(numbered, level: level, y: y))
        place(lines)
        y += 3
    }

    private mutating func paragraph(_ spans: [PDFSpan], _ paragraph: PDFParagraphStyle) {
        var style = Self.body
        switch paragraph {
        case .body: style.indent = 2
        case .plain: break
        case .note: style = TextStyle(size: 9, ink: .grey, isJustified: true)
        case .centered: (style.alignment, style.isJustified) = (.center, false)
        case .trailing: (style.alignment, style.isJustified) = (.trailing, false)
        }
        place(typesetter.lines(spans, style, width: Page.textWidth))
        y += 3
    }

    /// Adds the feet, now that the number of pages is known.
    func finish(number: String, pageLabel: String) -> [Page] {
        let style = TextStyle(size: 8.5, ink: .grey)
        var trailing = style
        trailing.alignment = .trailing
        let y = Page.bottom + 16
        return pages.enumerated().map { index, page in
            let label = pageLabel.replacing("{pages}", with: "\(pages.count)").replacing("{page}", with: "\(index + 1)")
            var page = page
            page.marks.append(
                .rule(fromX: Page.left, fromY: y, toX: Page.right, toY: y, width: 0.5, .line))
            let half = Page.textWidth / 2
            for (line, x) in [
                (typesetter.lines(number, style, width: half).first, Page.left),
                (typesetter.lines(label, trailing, width: half).first, Page.left + half),
            ] {
                guard let line else { continue }
                page.marks.append(.text(line, x: x + line.x, y: y + 5 + style.baseline))
            }
            return page
        }
    }
}

extension PDFBlock {
    fileprivate var isHeading: Bool { if case .heading = self { true } else { false } }
}

enum HeadingNumber {
    static func text(_ numbering: PDFDocument.Numbering, _ counters: [Int], level: Int) -> String {
        let number = counters[level - 1]
        switch (numbering, level) {
        case (.none, _): return ""
        case (.decimal, _): return counters[..<level].map(String.init).joined(separator: ".") + "  "
        case (.chinese, 1): return chinese(number) + "、"
        case (.chinese, 2): return "（\(chinese(number))）"
        case (.chinese, _): return "\(number)．"
        }
    }

    /// 1…99 in words, greater numbers in digits.
    static func chinese(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        guard (1...99).contains(number) else { return String(number) }
        let tens = number / 10
        return (tens > 1 ? digits[tens] : "") + (tens > 0 ? "十" : "") + digits[number % 10]
    }
}
