import TestSupport

/// A model written by hand in OpenVINO's own format: a U8 input `picture` of any height and width, and its values times
/// `factor` as the output `brightness`. The factor, once for each colour, is all that is in its weights.
struct TinyModel {
    let folder: TemporaryDirectory
    var model: String { folder.file("model.xml") }
    var weights: String { folder.file("model.bin") }

    init(factor: Float = 2, inputElement: String = "u8", outputElement: String = "f32") throws {
        folder = try TemporaryDirectory()
        let text = Self.text(inputElement: inputElement, outputElement: outputElement)
        try folder.write("model.xml", Array(text.utf8))
        try folder.write(
            "model.bin",
            [factor, factor, factor].flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    }

    private static func text(inputElement: String, outputElement: String) -> String {
        let open = "<dim>1</dim><dim>-1</dim><dim>-1</dim><dim>3</dim>"
        func port(_ id: Int, _ element: String, _ name: String = "") -> String {
            let names = name.isEmpty ? "" : " names=\"\(name)\""
            let precision = element == "f32" ? "FP32" : element.uppercased()
            return "<port id=\"\(id)\" precision=\"\(precision)\"\(names)>\(open)</port>"
        }
        return """
            <?xml version="1.0"?>
            <net name="tiny" version="11">
              <layers>
                <layer id="0" name="picture" type="Parameter" version="opset1">
                  <data shape="1,?,?,3" element_type="\(inputElement)"/>
                  <output>\(port(0, inputElement, "picture"))</output>
                </layer>
                <layer id="1" name="real" type="Convert" version="opset1">
                  <data destination_type="f32"/>
                  <input>\(port(0, inputElement))</input><output>\(port(1, "f32"))</output>
                </layer>
                <layer id="2" name="factor" type="Const" version="opset1">
                  <data element_type="f32" shape="1,1,1,3" offset="0" size="12"/>
                  <output><port id="0" precision="FP32"><dim>1</dim><dim>1</dim><dim>1</dim><dim>3</dim></port></output>
                </layer>
                <layer id="3" name="product" type="Multiply" version="opset1">
                  <data auto_broadcast="numpy"/>
                  <input>\(port(0, "f32"))<port id="1" precision="FP32"><dim>1</dim><dim>1</dim><dim>1</dim><dim>3</dim></port></input>
                  <output>\(port(2, "f32"))</output>
                </layer>
                <layer id="4" name="last" type="Convert" version="opset1">
                  <data destination_type="\(outputElement)"/>
                  <input>\(port(0, "f32"))</input><output>\(port(1, outputElement, "brightness"))</output>
                </layer>
                <layer id="5" name="result" type="Result" version="opset1"><input>\(port(0, outputElement))</input></layer>
              </layers>
              <edges>
                <edge from-layer="0" from-port="0" to-layer="1" to-port="0"/>
                <edge from-layer="1" from-port="1" to-layer="3" to-port="0"/>
                <edge from-layer="2" from-port="0" to-layer="3" to-port="1"/>
                <edge from-layer="3" from-port="2" to-layer="4" to-port="0"/>
                <edge from-layer="4" from-port="1" to-layer="5" to-port="0"/>
              </edges>
            </net>
            """
    }
}
