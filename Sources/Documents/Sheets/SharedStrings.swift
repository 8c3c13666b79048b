/// The texts that cells refer to by number (ISO/IEC 29500-1, 18.4).
final class SharedStrings: XMLHandler {
    private(set) var strings: [String] = []
    private var item = StringItem()

    func begin(_ name: String, _ attributes: XMLAttributes) {
        if name == "si" { item = StringItem() } else { item.begin(name) }
    }

    func end(_ name: String) {
        if name == "si" { strings.append(item.string) } else { item.end(name) }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { item.add(bytes) }
}

/// A text in runs; how it is pronounced (`rPh`) is not part of it.
struct StringItem {
    private var bytes: [UInt8] = []
    private var isText = false
    private var isPhonetic = false

    var string: String { CellText.unescaped(String(decoding: bytes, as: UTF8.self)) }

    mutating func begin(_ name: String) {
        switch name {
        case "rPh": isPhonetic = true
        case "t": isText = !isPhonetic
        default: break
        }
    }

    mutating func end(_ name: String) {
        switch name {
        case "rPh": isPhonetic = false
        case "t": isText = false
        default: break
        }
    }

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) { if isText { bytes.append(contentsOf: text) } }
}
