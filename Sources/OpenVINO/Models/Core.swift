import COpenVINO
import Glibc

/// Reads and compiles models for this machine's CPU. May be used by several threads at once, as OpenVINO's documentation says.
public final class Core: @unchecked Sendable {
    public struct Options: Sendable, Hashable {
        /// Threads that compute at the same moment, over all requests of a model: 1…256.
        public var threads: Int
        /// Requests of a model that compute at the same moment, each with `threads / streams` threads: 1…`threads`.
        public var streams: Int

        /// A thread for each request wastes the least: nothing waits for anything else.
        public init(threads: Int = 1, streams: Int? = nil) {
            self.threads = min(max(threads, 1), 256)
            self.streams = min(max(streams ?? self.threads, 1), self.threads)
        }
    }

    public let library: Library
    public let options: Options
    /// Safe to share: every use of it is a call of OpenVINO's, which locks for itself.
    private let raw: OpaquePointer

    private init(owning raw: OpaquePointer, library: Library, options: Options) {
        self.raw = raw
        self.library = library
        self.options = options
    }

    deinit { library.functions.ov_core_free(raw) }

    public static func open(_ library: Library, options: Options = Options()) throws(OpenVINOError) -> Core {
        let action = "starting OpenVINO"
        var raw: OpaquePointer?
        try library.check(library.functions.ov_core_create(&raw), .failed, while: action)
        guard let raw else { throw OpenVINOError(.failed, while: action, detail: "no core came") }
        let core = Core(owning: raw, library: library, options: options)
        // A weights file that is replaced while the program runs must not pull the memory from under it.
        try core.withProperties([("ENABLE_MMAP", "NO")]) { properties throws(OpenVINOError) in
            try library.check(
                library.functions.ov_core_set_properties(raw, nil, properties.count, properties.baseAddress), .failed,
                while: action)
        }
        return core
    }

    /// Reads a model and compiles it for fixed shapes. Takes 0.1…2 s.
    ///
    /// - Parameters:
    ///   - model: Path of the `.xml` file.
    ///   - weights: Path of the `.bin` file.
    ///   - shapes: By name of the input; every input whose shape the model leaves open must be here.
    /// - Throws: ``OpenVINOError`` of a kind that tells a missing, a broken and an unfit model apart. Inputs must be
    ///   UInt8 and outputs Float in the end.
    public func compile(
        model: String, weights: String, shapes: [String: [Int]] = [:]
    ) throws(OpenVINOError) -> CompiledModel {
        let functions = library.functions
        for path in [model, weights] where access(path, R_OK) != 0 {
            throw OpenVINOError(
                .modelMissing, while: "reading the model \(path)", detail: String(cString: strerror(errno)))
        }
        var read: OpaquePointer?
        try library.check(
            functions.ov_core_read_model(raw, model, weights, &read), .modelBroken, while: "reading the model \(model)")
        defer { functions.ov_model_free(read) }
        if !shapes.isEmpty { try reshape(read, to: shapes, action: "fitting the model \(model)") }

        let action = "compiling the model \(model)"
        var compiled: OpaquePointer?
        let settings = [
            ("INFERENCE_NUM_THREADS", "\(options.threads)"), ("NUM_STREAMS", "\(options.streams)"),
            ("PERFORMANCE_HINT", "LATENCY"),
            // Pinned threads of several models end up on the same core while others idle.
            ("ENABLE_CPU_PINNING", "NO"),
        ]
        try withProperties(settings) { properties throws(OpenVINOError) in
            try library.check(
                functions.ov_core_compile_model_props(
                    raw, read, "CPU", properties.count, properties.baseAddress, &compiled),
                .modelBroken, while: action)
        }
        guard let compiled else { throw OpenVINOError(.failed, while: action, detail: "no model came") }
        return try CompiledModel.open(compiled, library: library, name: model)
    }

    private func reshape(
        _ model: OpaquePointer?, to shapes: [String: [Int]], action: String
    ) throws(OpenVINOError) {
        let functions = library.functions
        var partial: [ov_partial_shape_t] = []
        defer {
            for index in partial.indices { functions.ov_partial_shape_free(&partial[index]) }
        }
        var names: [UnsafePointer<CChar>?] = []
        defer { for name in names { free(UnsafeMutablePointer(mutating: name)) } }
        for (name, shape) in shapes {
            var one = ov_partial_shape_t()
            try library.check(
                functions.ov_partial_shape_create_static(Int64(shape.count), shape.map(Int64.init), &one), .modelUnfit,
                while: action)
            partial.append(one)
            names.append(UnsafePointer(strdup(name)))
        }
        try library.check(
            functions.ov_model_reshape(model, &names, partial, partial.count), .modelUnfit, while: action)
    }

    /// Lends the settings in C's form.
    private func withProperties(
        _ settings: [(String, String)], _ body: (UnsafeBufferPointer<ov_property_t>) throws(OpenVINOError) -> Void
    ) throws(OpenVINOError) {
        let properties = settings.map { ov_property_t(key: strdup($0.0), value: strdup($0.1)) }
        defer {
            for property in properties {
                free(UnsafeMutableRawPointer(mutating: property.key))
                free(UnsafeMutableRawPointer(mutating: property.value))
            }
        }
        let buffer = UnsafeMutableBufferPointer<ov_property_t>.allocate(capacity: properties.count)
        _ = buffer.initialize(from: properties)
        defer { buffer.deallocate() }
        try body(UnsafeBufferPointer(buffer))
    }
}
