import COpenVINO

/// A model ready to compute, for fixed shapes. Shared: any number of threads make requests from it.
public final class CompiledModel: @unchecked Sendable {
    public let inputs: [TensorDescription]
    public let outputs: [TensorDescription]
    let library: Library
    let name: String
    /// Safe to share: it never changes, and OpenVINO makes requests under a lock of its own.
    private let raw: OpaquePointer

    private init(
        owning raw: OpaquePointer, library: Library, name: String, inputs: [TensorDescription],
        outputs: [TensorDescription]
    ) {
        self.raw = raw
        self.library = library
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
    }

    static func open(
        _ raw: OpaquePointer, library: Library, name: String
    ) throws(OpenVINOError) -> CompiledModel {
        let functions = library.functions
        let action = "looking at the model \(name)"
        do throws(OpenVINOError) {
            var count = 0
            try library.check(functions.ov_compiled_model_inputs_size(raw, &count), .modelUnfit, while: action)
            let inputs = try describe(count, by: functions.ov_compiled_model_input_by_index, raw, library, action)
            try library.check(functions.ov_compiled_model_outputs_size(raw, &count), .modelUnfit, while: action)
            let outputs = try describe(count, by: functions.ov_compiled_model_output_by_index, raw, library, action)
            try expect(.uint8, "inputs of UInt8", of: inputs, action)
            try expect(.float32, "outputs of Float", of: outputs, action)
            return CompiledModel(owning: raw, library: library, name: name, inputs: inputs, outputs: outputs)
        } catch {
            functions.ov_compiled_model_free(raw)
            throw error
        }
    }

    deinit { library.functions.ov_compiled_model_free(raw) }

    /// Place of the output of that name in ``outputs``.
    public func output(_ name: String) throws(OpenVINOError) -> Int {
        guard let index = outputs.firstIndex(where: { $0.name == name }) else {
            throw OpenVINOError(
                .modelUnfit, while: "looking at the model \(self.name)",
                detail: "it has no output “\(name)”; it has \(outputs.map(\.name).joined(separator: ", "))")
        }
        return index
    }

    public func request() throws(OpenVINOError) -> InferRequest {
        let action = "making a request of the model \(name)"
        var request: OpaquePointer?
        try library.check(
            library.functions.ov_compiled_model_create_infer_request(raw, &request), .failed, while: action)
        guard let request else { throw OpenVINOError(.failed, while: action, detail: "none came") }
        return try InferRequest.open(request, of: self)
    }

    private static func expect(
        _ element: TensorDescription.Element, _ wanted: String, of tensors: [TensorDescription], _ action: String
    ) throws(OpenVINOError) {
        for tensor in tensors where tensor.element != element {
            throw OpenVINOError(
                .modelUnfit, while: action, detail: "\(wanted) are needed, but “\(tensor.name)” is \(tensor.element)")
        }
    }

    private typealias PortFinder =
        @convention(c) (OpaquePointer?, Int, UnsafeMutablePointer<OpaquePointer?>?) ->
        ov_status_e

    private static func describe(
        _ count: Int, by find: PortFinder, _ model: OpaquePointer, _ library: Library, _ action: String
    ) throws(OpenVINOError) -> [TensorDescription] {
        var tensors: [TensorDescription] = []
        for index in 0..<count {
            var port: OpaquePointer?
            try library.check(find(model, index, &port), .modelUnfit, while: action)
            defer { library.functions.ov_output_const_port_free(port) }
            tensors.append(try describe(port, library, action))
        }
        return tensors
    }

    private static func describe(
        _ port: OpaquePointer?, _ library: Library, _ action: String
    ) throws(OpenVINOError) -> TensorDescription {
        let functions = library.functions
        var name: UnsafeMutablePointer<CChar>?
        try library.check(functions.ov_port_get_any_name(port, &name), .modelUnfit, while: action)
        defer { functions.ov_free(name) }
        var element = ov_element_type_e(rawValue: 0)
        try library.check(functions.ov_port_get_element_type(port, &element), .modelUnfit, while: action)
        var shape = ov_partial_shape_t()
        try library.check(functions.ov_port_get_partial_shape(port, &shape), .modelUnfit, while: action)
        defer { functions.ov_partial_shape_free(&shape) }
        let text = name.map { String(cString: $0) } ?? ""
        guard shape.rank.min == shape.rank.max else {
            throw OpenVINOError(.modelUnfit, while: action, detail: "the shape of “\(text)” is open")
        }
        let dimensions = (0..<Int(shape.rank.min)).map { shape.dims[$0] }
        guard dimensions.allSatisfy({ $0.min == $0.max }) else {
            throw OpenVINOError(.modelUnfit, while: action, detail: "the shape of “\(text)” is open")
        }
        let kind: TensorDescription.Element =
            switch element {
            case U8: .uint8
            case F32: .float32
            default: .other(element.rawValue)
            }
        return TensorDescription(name: text, element: kind, shape: dimensions.map { Int($0.min) })
    }
}
