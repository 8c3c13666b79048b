import COpenVINO

/// One computation of a model at a time, with its own memory for inputs and outputs: for one thread.
///
/// Fill the inputs, ``infer()``, read the outputs; or ``start()``, do something else, ``wait()``.
public struct InferRequest: ~Copyable {
    public let model: CompiledModel
    private let raw: OpaquePointer
    private let memory: Memory
    private var isRunning = false

    private init(owning raw: OpaquePointer, memory: Memory, of model: CompiledModel) {
        self.raw = raw
        self.memory = memory
        self.model = model
    }

    static func open(_ raw: OpaquePointer, of model: CompiledModel) throws(OpenVINOError) -> InferRequest {
        do throws(OpenVINOError) {
            let memory = try Memory(of: model)
            try memory.attach(to: raw, of: model)
            return InferRequest(owning: raw, memory: memory, of: model)
        } catch {
            model.library.functions.ov_infer_request_free(raw)
            throw error
        }
    }

    deinit {
        let functions = model.library.functions
        if isRunning {
            // Its memory goes away with it: it must have come to rest.
            _ = functions.ov_infer_request_cancel(raw)
            _ = functions.ov_infer_request_wait(raw)
        }
        functions.ov_infer_request_free(raw)
    }

    /// Lends an input to be filled; its contents stay from one computation to the next.
    public mutating func withInput<Result, Failure: Error>(
        _ index: Int = 0, _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(!isRunning, "the input is in use until wait() returns")
        let (start, count) = memory.input(index)
        let bytes = UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
        var span = MutableSpan(_unsafeElements: bytes)
        return try body(&span)
    }

    /// Lends an output of the last computation.
    public func withOutput<Result, Failure: Error>(
        _ index: Int = 0, _ body: (Span<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(!isRunning, "the output is not there until wait() returns")
        let (start, count) = memory.output(index)
        return try body(
            Span(
                _unsafeElements: UnsafeBufferPointer(
                    start: UnsafePointer(start.assumingMemoryBound(to: Float.self)), count: count / 4)))
    }

    /// Computes, and returns when it is done.
    public mutating func infer() throws(OpenVINOError) {
        precondition(!isRunning, "one computation at a time")
        try model.library.check(
            model.library.functions.ov_infer_request_infer(raw), .failed, while: "computing \(model.name)")
    }

    /// Lets OpenVINO's threads compute.
    public mutating func start() throws(OpenVINOError) {
        precondition(!isRunning, "one computation at a time")
        try model.library.check(
            model.library.functions.ov_infer_request_start_async(raw), .failed, while: "computing \(model.name)")
        isRunning = true
    }

    /// Blocks until what was started is done; returns at once when nothing was.
    public mutating func wait() throws(OpenVINOError) {
        guard isRunning else { return }
        isRunning = false
        try model.library.check(
            model.library.functions.ov_infer_request_wait(raw), .failed, while: "computing \(model.name)")
    }
}

/// The inputs and outputs of one request: there is no array of what can't be copied.
private final class Memory {
    private let tensors: UnsafeMutableBufferPointer<Tensor>
    private let inputCount: Int
    private var made = 0

    init(of model: CompiledModel) throws(OpenVINOError) {
        let all = model.inputs + model.outputs
        inputCount = model.inputs.count
        tensors = .allocate(capacity: all.count)
        for description in all {
            (tensors.baseAddress! + made).initialize(to: try Tensor.make(description, library: model.library))
            made += 1
        }
    }

    deinit {
        tensors.baseAddress?.deinitialize(count: made)
        tensors.deallocate()
    }

    func attach(to request: OpaquePointer, of model: CompiledModel) throws(OpenVINOError) {
        let functions = model.library.functions
        let action = "making a request of the model \(model.name)"
        for index in 0..<made {
            let status =
                index < inputCount
                ? functions.ov_infer_request_set_input_tensor_by_index(request, index, tensors[index].raw)
                : functions.ov_infer_request_set_output_tensor_by_index(request, index - inputCount, tensors[index].raw)
            try model.library.check(status, .failed, while: action)
        }
    }

    func input(_ index: Int) -> (UnsafeMutableRawPointer, Int) {
        precondition(index >= 0 && index < inputCount, "no such input")
        return (tensors[index].memory, tensors[index].sizeBytes)
    }

    func output(_ index: Int) -> (UnsafeMutableRawPointer, Int) {
        precondition(index >= 0 && index < made - inputCount, "no such output")
        return (tensors[inputCount + index].memory, tensors[inputCount + index].sizeBytes)
    }
}
