/// Reads HTML as our templates write it, strictly: every element closed, every identifier once, every attribute quoted.
struct Markup {
    private(set) var faults: [String] = []
    private(set) var links: [String] = []
    private(set) var identifiers: Set<String> = []

    private static let empty: Set<String> = ["meta", "link", "input", "img", "br", "hr", "use"]

    init(_ html: String) {
        var open: [String] = []
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            guard let end = Self.endOfTag(rest) else {
                faults.append("a tag that doesn't end")
                return
            }
            let tag = rest[..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("!") { continue }
            if tag.hasPrefix("/") {
                let name = String(tag.dropFirst())
                if open.last == name {
                    open.removeLast()
                } else {
                    faults.append("</\(name)> closes <\(open.last ?? "")>")
                }
                continue
            }
            let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
            read(name, tag.dropFirst(name.count))
            if !Self.empty.contains(name), !tag.hasSuffix("/") { open.append(name) }
            if name == "script", let close = rest.firstRange(of: "</script>") { rest = rest[close.lowerBound...] }
        }
        if !open.isEmpty { faults.append("not closed: \(open.joined(separator: ", "))") }
        if html.contains("{{") || html.contains("WordsNode(") { faults.append("a template's tag was left") }
    }

    private static func endOfTag(_ text: Substring) -> Substring.Index? {
        var isQuoted = false
        for index in text.indices {
            if text[index] == "\"" { isQuoted.toggle() }
            if text[index] == ">", !isQuoted { return index }
        }
        return nil
    }

    private mutating func read(_ name: String, _ text: Substring) {
        var attributes: [String: String] = [:]
        var rest = text
        while let equals = rest.firstRange(of: "=\"") {
            let key = rest[..<equals.lowerBound].split(whereSeparator: \.isWhitespace).last ?? ""
            rest = rest[equals.upperBound...]
            let value = rest.prefix { $0 != "\"" }
            if attributes.updateValue(String(value), forKey: String(key)) != nil {
                faults.append("\(key) twice in <\(name)>")
            }
            rest = rest[value.endIndex...].dropFirst()
        }
        if rest.contains("=") { faults.append("an attribute without quotes in <\(name)>") }
        if let id = attributes["id"], !identifiers.insert(id).inserted { faults.append("id \(id) twice") }
        if name == "img", attributes["alt"] == nil { faults.append("a picture without alt") }
        if attributes["style"] != nil { faults.append("an inline style, which the policy forbids") }
        if attributes.keys.contains(where: { $0.hasPrefix("on") }) { faults.append("an inline script") }
        if name == "a" || name == "link" || name == "script", let link = attributes["href"] ?? attributes["src"] {
            links.append(link.replacing("&amp;", with: "&"))
        }
    }
}
