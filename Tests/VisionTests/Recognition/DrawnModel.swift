import Crypto
import Foundation
import TestSupport

/// Writes a small network in OpenVINO's own format, layer by layer, with weights that are set by hand.
struct DrawnModel {
    struct Output {
        let layer: Int
        let port: Int
        let rank: Int
    }

    private var layers = ""
    private var edges = ""
    private var weights: [UInt8] = []
    private var count = 0

    mutating func input(_ name: String, _ shape: [Int]) -> Output {
        let text = shape.map { $0 < 0 ? "?" : "\($0)" }.joined(separator: ",")
        return add(
            "Parameter", "shape=\"\(text)\" element_type=\"u8\"", [], rank: shape.count, precision: "U8", name: name)
    }

    mutating func constant(_ values: [Float], _ shape: [Int]) -> Output {
        constant(values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }, shape, "f32", "FP32")
    }

    mutating func constant(_ values: [Int64], _ shape: [Int]) -> Output {
        constant(values.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }, shape, "i64", "I64")
    }

    private mutating func constant(_ bytes: [UInt8], _ shape: [Int], _ type: String, _ precision: String) -> Output {
        let dimensions = shape.map(String.init).joined(separator: ",")
        let attributes =
            "element_type=\"\(type)\" shape=\"\(dimensions)\" offset=\"\(weights.count)\" size=\"\(bytes.count)\""
        weights += bytes
        return add("Const", attributes, [], rank: shape.count, precision: precision)
    }

    /// - Parameter attributes: As in the operation's specification.
    mutating func add(
        _ type: String, _ attributes: String, _ inputs: [Output], rank: Int, precision: String = "FP32",
        name: String? = nil, version: String = "opset1"
    ) -> Output {
        let dimensions = String(repeating: "<dim>-1</dim>", count: rank)
        let ports = inputs.enumerated().map { index, input in
            "<port id=\"\(index)\">\(String(repeating: "<dim>-1</dim>", count: input.rank))</port>"
        }.joined()
        let names = name.map { " names=\"\($0)\"" } ?? ""
        layers += """
            <layer id="\(count)" name="\(type)\(count)" type="\(type)" version="\(version)">
              \(attributes.isEmpty ? "" : "<data \(attributes)/>")
              \(ports.isEmpty ? "" : "<input>\(ports)</input>")
              <output><port id="\(inputs.count)" precision="\(precision)"\(names)>\(dimensions)</port></output>
            </layer>

            """
        for (index, input) in inputs.enumerated() {
            edges += edge(input, to: count, port: index)
        }
        count += 1
        return Output(layer: count - 1, port: inputs.count, rank: rank)
    }

    mutating func result(_ output: Output) {
        layers += """
            <layer id="\(count)" name="result\(count)" type="Result" version="opset1">
              <input><port id="0">\(String(repeating: "<dim>-1</dim>", count: output.rank))</port></input>
            </layer>

            """
        edges += edge(output, to: count, port: 0)
        count += 1
    }

    private func edge(_ from: Output, to layer: Int, port: Int) -> String {
        "<edge from-layer=\"\(from.layer)\" from-port=\"\(from.port)\" to-layer=\"\(layer)\" to-port=\"\(port)\"/>\n"
    }

    /// Writes the model with a card that fits it.
    ///
    /// - Parameter card: `model.json` without its `sha256`.
    func write(to folder: TemporaryDirectory, _ name: String, card: [String: Any]) throws {
        let text =
            "<?xml version=\"1.0\"?>\n<net name=\"\(name)\" version=\"11\"><layers>\(layers)</layers><edges>\(edges)</edges></net>"
        try folder.write(name + "/model.xml", Array(text.utf8))
        try folder.write(name + "/model.bin", weights)
        func digest(_ bytes: [UInt8]) -> String {
            SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        }
        var card = card
        card["name"] = name
        card["version"] = "1"
        card["sha256"] = ["model.xml": digest(Array(text.utf8)), "model.bin": digest(weights)]
        for (key, value) in ["measured": [], "licence": "", "data": [], "cannot": [], "trainedWith": ""]
            as [String: Any]
        {
            if card[key] == nil { card[key] = value }
        }
        try folder.write(name + "/model.json", Array(JSONSerialization.data(withJSONObject: card)))
    }
}
