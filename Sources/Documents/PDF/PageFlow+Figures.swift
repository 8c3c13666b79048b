extension PageFlow {
    private static let caption = TextStyle(size: 9, ink: .grey, alignment: .center)

    mutating func pictures(_ pictures: [PDFPicture]) throws(PDFError) {
        let gap = 12.0
        let perRow = pictures.count == 1 ? 1 : 2
        let width = (Page.textWidth - gap * Double(perRow - 1)) / Double(perRow)
        y += 4
        for start in stride(from: 0, to: pictures.count, by: perRow) {
            var placed: [(picture: DecodedPicture, width: Double, height: Double, caption: [TextLine])] = []
            for picture in pictures[start..<min(start + perRow, pictures.count)] {
                let decoded = try DecodedPicture.decode(picture)
                let scale = min(width / Double(decoded.width), 240 / Double(decoded.height))
                let lines = picture.caption.isEmpty ? [] : typesetter.lines(picture.caption, Self.caption, width: width)
                placed.append(
                    (decoded, Double(decoded.width) * scale, Double(decoded.height) * scale, Array(lines.prefix(6))))
            }
            let pictureHeight = placed.map(\.height).max() ?? 0
            let captionHeight = placed.map { Double($0.caption.count) * Self.caption.lineHeight }.max() ?? 0
            need(pictureHeight + captionHeight + 10)
            for (index, item) in placed.enumerated() {
                let left = Page.left + Double(index) * (width + gap)
                let box = Page.Box(
                    x: left + (width - item.width) / 2, y: y + (pictureHeight - item.height), width: item.width,
                    height: item.height)
                mark(.picture(item.picture, box))
                for (number, line) in item.caption.enumerated() {
                    let top = y + pictureHeight + 3 + Double(number) * line.style.lineHeight
                    mark(.text(line, x: left + line.x, y: top + line.style.baseline))
                }
            }
            y += pictureHeight + captionHeight + 12
        }
    }

    mutating func qrCode(_ code: QRCode, _ caption: String) {
        let side = 28 * Page.millimetre
        let style = TextStyle(size: 9.5, ink: .grey)
        let lines = typesetter.lines(caption, style, width: Page.textWidth - side - 14)
        let textHeight = Double(lines.count) * style.lineHeight
        y += 4
        need(max(side, textHeight))
        let top = y
        mark(.qrCode(code, Page.Box(x: Page.left, y: top, width: side, height: side)))
        y = top + max(0, (side - textHeight) / 2)
        place(lines, x: Page.left + side + 14)
        y = max(y, top + side) + 6
    }

    mutating func poster(_ code: QRCode) {
        let side = 100 * Page.millimetre
        need(side + 8)
        mark(.qrCode(code, Page.Box(x: Page.left + (Page.textWidth - side) / 2, y: y + 4, width: side, height: side)))
        y += side + 8
    }

    mutating func signatures(_ signatures: [PDFSignature], stamp: String?) {
        let rowHeight = 27.0
        let style = TextStyle(size: 11.5, isSerif: true)
        let columns = stamp == nil ? 2 : 1
        let rows = (signatures.count + columns - 1) / columns
        let radius = 20 * Page.millimetre
        let height = max(Double(rows) * rowHeight, stamp == nil ? 0 : 2 * radius)
        need(height + 8)
        y += 8
        let width = Page.textWidth * (columns == 2 ? 0.47 : 0.56)
        let firstX = columns == 2 ? Page.left : Page.right - width
        if let stamp {
            let (x, centre) = (Page.right - width * 0.42, y + height / 2)
            mark(.dashedCircle(x: x, y: centre, radius: radius, .stamp))
            let inner = TextStyle(size: 9, ink: .stamp, alignment: .center)
            if let line = typesetter.lines(stamp, inner, width: 2 * radius).first {
                mark(.text(line, x: x - radius + line.x, y: centre + radius - 12))
            }
        }
        let start = y + (height - Double(rows) * rowHeight) / 2
        for (index, signature) in signatures.enumerated() {
            let x = columns == 2 && index % 2 == 1 ? Page.right - width : firstX
            let baseline = start + Double(index / columns) * rowHeight + 17
            let label = typesetter.lines(signature.label, style, width: width * 0.6).first
            if let label { mark(.text(label, x: x, y: baseline)) }
            let valueX = x + (label?.width ?? 0) + 4
            if let value = signature.value {
                if let line = typesetter.lines(value, style, width: x + width - valueX).first {
                    mark(.text(line, x: valueX, y: baseline))
                }
            } else {
                mark(.rule(fromX: valueX, fromY: baseline + 3, toX: x + width, toY: baseline + 3, width: 0.6, .grey))
            }
        }
        y += height + 8
    }
}
