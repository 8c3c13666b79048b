import CDocuments

/// What is told of a part's elements; names come without their name space's prefix.
protocol XMLHandler: AnyObject {
    func begin(_ name: String, _ attributes: XMLAttributes) throws(SheetError)
    func end(_ name: String) throws(SheetError)
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(SheetError)
}

/// Valid only while ``XMLHandler/begin(_:_:)`` runs.
struct XMLAttributes {
    fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// - Parameter name: without a prefix.
    subscript(name: String) -> String? {
        guard var pair = list else { return nil }
        while let key = pair[0], let value = pair[1] {
            if localName(key) == name { return String(cString: value) }
            pair += 2
        }
        return nil
    }
}

/// Parses one XML part of a workbook. Document type declarations are refused, so there are no entities to expand and
/// nothing is ever loaded from elsewhere.
final class XMLPart {
    private let parser: XML_Parser
    private let name: String
    private let handler: any XMLHandler
    private var failure: SheetError?
    private var depth = 0

    static func read(
        _ name: String, in archive: inout ZipArchive, _ handler: any XMLHandler
    ) throws(SheetError) {
        guard let parser = XML_ParserCreate(nil) else { throw .damaged(part: name) }
        let part = XMLPart(owning: parser, name: name, handler: handler)
        try archive.read(name) { (piece) throws(SheetError) in try part.parse(piece, isLast: false) }
        try part.parse(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
    }

    private init(owning parser: XML_Parser, name: String, handler: any XMLHandler) {
        self.parser = parser
        self.name = name
        self.handler = handler
        // Called back only while `parse` runs, when this object is alive.
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { user, name, attributes in
                XMLPart.of(user).step { (part) throws(SheetError) in
                    part.depth += 1
                    // A workbook's elements lie a handful deep.
                    guard part.depth <= 100 else { throw .damaged(part: part.name) }
                    try part.handler.begin(localName(name!), XMLAttributes(list: attributes))
                }
            },
            { user, name in
                XMLPart.of(user).step { (part) throws(SheetError) in
                    part.depth -= 1
                    try part.handler.end(localName(name!))
                }
            })
        XML_SetCharacterDataHandler(parser) { user, text, length in
            XMLPart.of(user).step { (part) throws(SheetError) in
                let bytes = UnsafeRawBufferPointer(start: text, count: Int(length))
                try part.handler.text(bytes.assumingMemoryBound(to: UInt8.self))
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            XMLPart.of(user).step { (part) throws(SheetError) in throw .forbiddenDeclaration(part: part.name) }
        }
    }

    deinit { XML_ParserFree(parser) }

    private static func of(_ user: UnsafeMutableRawPointer?) -> XMLPart {
        Unmanaged<XMLPart>.fromOpaque(user!).takeUnretainedValue()
    }

    private func step(_ body: (XMLPart) throws(SheetError) -> Void) {
        // expat may call once more after it was stopped.
        guard failure == nil else { return }
        do {
            try body(self)
        } catch {
            failure = error
            XML_StopParser(parser, 0)
        }
    }

    private func parse(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(SheetError) {
        let bytes = piece.assumingMemoryBound(to: CChar.self).baseAddress
        let status = XML_Parse(parser, bytes, CInt(piece.count), isLast ? 1 : 0)
        if let failure { throw failure }
        guard status == XML_STATUS_OK else { throw .damaged(part: name) }
    }
}

private func localName(_ name: UnsafePointer<CChar>) -> String {
    var start = name
    var at = name
    while at.pointee != 0 {
        if at.pointee == 0x3A { start = at + 1 }
        at += 1
    }
    return String(cString: start)
}
