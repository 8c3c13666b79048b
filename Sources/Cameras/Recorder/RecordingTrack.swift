import Bitstream
import Domain
import ISOBMFF
import Synchronization

/// The recording of one camera: its queue to the disk thread, and there its open file.
///
/// `append` and `interrupt` never block: they belong to the source's thread. What `DiskState` holds is touched by the
/// recorder's one disk thread only.
final class RecordingTrack: Sendable {
    private struct Queue {
        var bytes = 0
        /// The queue overflowed: nothing is taken up to the next keyframe.
        var isDropping = false
        var lostParts = 0
        var status = CameraStatus.Recording.running
    }

    /// - Warning: confined to the disk thread, which is why it may be shared unchecked.
    private final class DiskState: @unchecked Sendable {
        var writer: FileWriter?
        /// Where the newest footage ends, of whatever file; nil when there never was any.
        var lastEnd: UTCTime?
        /// Why there is nothing after `lastEnd`.
        var reason = RecordingGap.Reason.notRunning
        /// After a failed write: monotonic time of the next attempt.
        var retryAt: Duration?
        var isCutWanted = false
    }

    let camera: CameraID
    private let recorder: Recorder
    private let queue = Mutex(Queue())
    private let disk = DiskState()

    init(camera: CameraID, recorder: Recorder, lastEnd: UTCTime?) {
        self.camera = camera
        self.recorder = recorder
        disk.lastEnd = lastEnd
    }

    var status: CameraStatus.Recording { queue.withLock { $0.status } }
    /// Parts dropped because the disk could not keep up, since start.
    var lostParts: Int { queue.withLock { $0.lostParts } }

    // MARK: The source's side

    func append(_ part: Part, format: VideoFormat, start: UTCTime, cut: RecordingGap.Reason?) {
        let size = part.bytes.count
        let (isTaken, overflowed) = queue.withLock { queue in
            if queue.isDropping && part.isIndependent && queue.bytes < RecorderSettings.queueBytes / 2 {
                queue.isDropping = false
            }
            guard !queue.isDropping, queue.bytes + size <= RecorderSettings.queueBytes else {
                defer { queue.isDropping = true }
                queue.lostParts += 1
                return (false, !queue.isDropping)
            }
            queue.bytes += size
            return (true, false)
        }
        if overflowed { interrupt(.diskTooSlow) }
        guard isTaken else { return }
        recorder.onDisk { [self] in
            write(part, format: format, start: start, cut: cut)
            queue.withLock { $0.bytes -= size }
        }
    }

    /// No footage for now, and why: ends the file. The gap is entered when footage begins again.
    func interrupt(_ reason: RecordingGap.Reason) {
        recorder.onDisk { [self] in
            closeFile()
            disk.reason = reason
            disk.isCutWanted = false
        }
    }

    /// The file being written, for flushing. Disk thread only.
    var openFile: DiskFile? { disk.writer?.disk }

    // MARK: On the disk thread

    private func write(_ part: Part, format: VideoFormat, start: UTCTime, cut: RecordingGap.Reason?) {
        if let retryAt = disk.retryAt {
            guard recorder.time.monotonic() >= retryAt, part.isIndependent, recorder.hasRoom() else { return }
            disk.retryAt = nil
        }
        if let cut {
            if cut == .clockStepped {
                // The old file goes on, by its own time, up to the next keyframe.
                disk.isCutWanted = true
            } else {
                closeFile()
            }
            disk.reason = cut
        }
        if let writer = disk.writer, part.isIndependent {
            let isNewFormat = writer.format != format
            if isNewFormat { disk.reason = .streamRestarted }
            if isNewFormat || disk.isCutWanted || isDue(writer, at: start) { closeFile() }
        } else if disk.writer?.format != format {
            closeFile()
        }
        do throws(DiskError) {
            if disk.writer == nil {
                guard part.isIndependent else { return }
                try openFile(format: format, start: start, base: part.decodeTime)
            }
            if let segment = try disk.writer?.append(part) { recorder.index(.segment(segment)) }
            queue.withLock { $0.status = .running }
        } catch {
            fail(error)
        }
    }

    /// Files begin at the full five minutes of the territory's clock, so that their names are found by eye.
    private func isDue(_ writer: FileWriter, at start: UTCTime) -> Bool {
        let period = RecorderSettings.fileDuration.inMilliseconds
        return start.milliseconds / period != writer.file.start.milliseconds / period
            || (writer.end - writer.file.start) >= RecorderSettings.fileDuration
    }

    private func openFile(format: VideoFormat, start: UTCTime, base: Time90k) throws(DiskError) {
        var begin = start
        if let lastEnd = disk.lastEnd {
            let distance = start - lastEnd
            if distance > RecorderSettings.joint {
                recorder.index(
                    .gap(
                        RecordingGap(
                            camera: camera, span: TimeSpan(start: lastEnd, end: start), reason: disk.reason)))
            } else if distance > .zero - RecorderSettings.joint {
                begin = max(start, lastEnd)
            } else {
                // Footage of the same hour twice: the clock was set back. The mark stands where the new one begins.
                recorder.index(
                    .gap(
                        RecordingGap(
                            camera: camera, span: TimeSpan(start: start, duration: .milliseconds(1)),
                            reason: .clockStepped)))
            }
        }
        let writer = try FileWriter.create(
            for: camera, format: format, start: begin, base: base, settings: recorder.settings)
        disk.writer = writer
        disk.isCutWanted = false
        disk.reason = .streamRestarted
        recorder.index(.opened(writer.file))
    }

    private func closeFile() {
        guard var writer = disk.writer else { return }
        disk.writer = nil
        disk.lastEnd = writer.end
        if let segment = writer.endSegment() { recorder.index(.segment(segment)) }
        let size = writer.close()
        recorder.index(.closed(camera: camera, path: writer.file.path, sizeBytes: size))
        recorder.flushLater(writer.disk)
    }

    private func fail(_ error: DiskError) {
        closeFile()
        let reason: RecordingGap.Reason = error.isFull ? .diskFull : .diskFailure
        disk.reason = reason
        disk.retryAt = recorder.time.monotonic() + .seconds(5)
        queue.withLock { $0.status = .paused(reason) }
        recorder.failed(error, camera: camera)
    }
}
