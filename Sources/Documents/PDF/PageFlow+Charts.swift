extension PageFlow {
    private static let tick = TextStyle(size: 7.5, ink: .grey)
    private static let label = TextStyle(size: 8.5)

    mutating func chart(_ chart: PDFChart) {
        switch chart {
        case .columns(let columns, let legend): self.columns(columns, legend)
        case .intervals(let rows, let legend): intervals(rows, legend)
        }
    }

    private mutating func columns(_ columns: [PDFChart.Column], _ legend: [String]) {
        guard !columns.isEmpty else { return }
        let (height, axis) = (130.0, 30.0)
        need(height + 44)
        y += 6
        let (top, bottom, left) = (y, y + height, Page.left + axis)
        let columns = columns.map {
            PDFChart.Column(label: $0.label, value: finite($0.value), expected: $0.expected.map(finite))
        }
        let scale = ChartScale(
            most: columns.reduce(0) { max($0, $1.value, $1.expected ?? 0) }, isWhole: true)
        func level(_ value: Double) -> Double { bottom - height * value / scale.top }
        for line in scale.lines {
            mark(.rule(fromX: left, fromY: level(line), toX: Page.right, toY: level(line), width: 0.4, .line))
            text("\(Int(line.rounded()))", Self.tick, right: left - 4, baseline: level(line) + 2.5)
        }
        let width = (Page.right - left) / Double(columns.count)
        let inner = width * 0.7
        for (index, column) in columns.enumerated() {
            let x = left + width * Double(index) + (width - inner) / 2
            let up = level(column.value)
            mark(.fill(Page.Box(x: x, y: up, width: inner, height: bottom - up), .bar))
            if let expected = column.expected {
                let line = level(expected)
                mark(.rule(fromX: x, fromY: line, toX: x + inner, toY: line, width: 1.4, .expected))
            }
            if let name = column.label {
                text(name, Self.tick, centre: x + inner / 2, baseline: bottom + 10)
            }
        }
        y = max(bottom, top) + 16
        self.legend(legend, [.bar, .expected])
    }

    private mutating func intervals(_ rows: [PDFChart.Interval], _ legend: [String]) {
        guard !rows.isEmpty else { return }
        let rows = rows.map {
            PDFChart.Interval(
                label: $0.label, value: finite($0.value), low: finite($0.low), high: finite($0.high), text: $0.text)
        }
        let scale = ChartScale(most: rows.reduce(0) { max($0, $1.high) }, isWhole: false)
        let (left, right) = (Page.left + Page.textWidth * 0.3, Page.right - Page.textWidth * 0.2)
        func place(_ value: Double) -> Double { left + (right - left) * min(1, max(0, value / scale.top)) }
        y += 6
        let row = 15.0
        need(row * 3 + 20)
        var first = y
        func axis(_ flow: inout PageFlow, from first: Double) {
            for line in scale.lines {
                flow.mark(
                    .rule(fromX: place(line), fromY: first, toX: place(line), toY: flow.y, width: 0.4, .line))
                flow.text(
                    ChartScale.text(line, step: scale.step), Self.tick, centre: place(line), baseline: flow.y + 9)
            }
        }
        for interval in rows {
            if y + row + 14 > Page.bottom {
                axis(&self, from: first)
                newPage()
                first = y
            }
            let middle = y + row / 2
            text(interval.label, Self.label, left: Page.left, width: left - Page.left - 6, baseline: middle + 3)
            mark(
                .rule(
                    fromX: place(interval.low), fromY: middle, toX: place(interval.high), toY: middle, width: 1.2,
                    .bar))
            mark(.fill(Page.Box(x: place(interval.value) - 2, y: middle - 2, width: 4, height: 4), .bar))
            text(interval.text, Self.tick, right: Page.right, baseline: middle + 2.5)
            y += row
        }
        axis(&self, from: first)
        y += 14
        self.legend(legend, [.bar])
    }

    private mutating func legend(_ legend: [String], _ inks: [Ink]) {
        guard !legend.isEmpty else { return }
        var x = Page.left
        for (index, name) in legend.enumerated() {
            mark(.fill(Page.Box(x: x, y: y + 4, width: 8, height: 4), inks[min(index, inks.count - 1)]))
            guard let line = typesetter.lines(name, Self.tick, width: Page.textWidth * 0.45).first else { continue }
            mark(.text(line, x: x + 12, y: y + 9))
            x += line.width + 28
        }
        y += 16
    }

    private mutating func text(_ text: String, _ style: TextStyle, centre: Double, baseline: Double) {
        guard let line = typesetter.lines(text, style, width: 120).first else { return }
        mark(.text(line, x: centre - line.width / 2, y: baseline))
    }

    private mutating func text(_ text: String, _ style: TextStyle, right: Double, baseline: Double) {
        guard let line = typesetter.lines(text, style, width: 200).first else { return }
        mark(.text(line, x: right - line.width, y: baseline))
    }

    private mutating func text(
        _ text: String, _ style: TextStyle, left: Double, width: Double, baseline: Double
    ) {
        guard let line = typesetter.lines(text, style, width: width).first else { return }
        mark(.text(line, x: left, y: baseline))
    }
}

/// What can't be drawn stands at zero.
private func finite(_ value: Double) -> Double { value.isFinite ? max(0, value) : 0 }

extension ChartScale {
    /// Without more digits than the axis' step has.
    public static func text(_ value: Double, step: Double) -> String {
        if step >= 1 { return "\(Int(value.rounded()))" }
        let places = step >= 0.1 ? 1 : 2
        let scale = places == 1 ? 10.0 : 100.0
        let digits = Int((value * scale).rounded())
        let rest = digits % Int(scale)
        return "\(digits / Int(scale))." + (places == 2 && rest < 10 ? "0" : "") + "\(rest)"
    }
}
