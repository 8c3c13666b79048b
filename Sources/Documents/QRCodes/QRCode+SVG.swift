extension QRCode {
    /// A picture for pages, quiet zone included, as large as its box.
    ///
    /// - Parameter title: what a screen reader says; any text.
    public func svg(title: String) -> String {
        let side = size + 2 * Self.quietZone
        let path = runs.map { "M\($0.x + Self.quietZone) \($0.y + Self.quietZone)h\($0.length)v1h-\($0.length)z" }
            .joined()
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(side) \(side)\" role=\"img\""
            + " shape-rendering=\"crispEdges\"><title>\(Self.escaped(title))</title>"
            + "<path fill=\"#fff\" d=\"M0 0h\(side)v\(side)H0z\"/><path d=\"\(path)\"/></svg>"
    }

    private static func escaped(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter(CellText.isAllowed)))
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
