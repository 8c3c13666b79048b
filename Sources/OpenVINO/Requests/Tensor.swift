import COpenVINO

/// Memory of an input or output, owned; aligned as OpenVINO likes it.
struct Tensor: ~Copyable {
    let raw: OpaquePointer
    let memory: UnsafeMutableRawPointer
    let sizeBytes: Int
    private let library: Library

    private init(owning raw: OpaquePointer, memory: UnsafeMutableRawPointer, sizeBytes: Int, library: Library) {
        self.raw = raw
        self.memory = memory
        self.sizeBytes = sizeBytes
        self.library = library
    }

    deinit { library.functions.ov_tensor_free(raw) }

    static func make(_ description: TensorDescription, library: Library) throws(OpenVINOError) -> Tensor {
        let functions = library.functions
        let action = "making room for “\(description.name)”"
        var shape = ov_shape_t()
        try library.check(
            functions.ov_shape_create(Int64(description.shape.count), description.shape.map(Int64.init), &shape),
            .failed, while: action)
        defer { _ = functions.ov_shape_free(&shape) }
        var raw: OpaquePointer?
        let element = description.element == .uint8 ? U8 : F32
        try library.check(functions.ov_tensor_create(element, shape, &raw), .failed, while: action)
        var memory: UnsafeMutableRawPointer?
        var sizeBytes = 0
        do throws(OpenVINOError) {
            try library.check(functions.ov_tensor_data(raw, &memory), .failed, while: action)
            try library.check(functions.ov_tensor_get_byte_size(raw, &sizeBytes), .failed, while: action)
            guard let raw, let memory, sizeBytes == description.count * (element == U8 ? 1 : 4) else {
                throw OpenVINOError(.failed, while: action, detail: "it has another size")
            }
            memory.initializeMemory(as: UInt8.self, repeating: 0, count: sizeBytes)
            return Tensor(owning: raw, memory: memory, sizeBytes: sizeBytes, library: library)
        } catch {
            functions.ov_tensor_free(raw)
            throw error
        }
    }
}
