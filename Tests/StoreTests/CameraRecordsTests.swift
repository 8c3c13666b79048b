import Domain
import Testing

@testable import Store

struct CameraRecordsTests {
    @Test(
        arguments: Engine.all,
        [
            SourceAddress(scheme: .rtsp, host: "10.0.0.1", port: 8554, path: "/ch/1/main@2", query: "a=b&c=%20"),
            SourceAddress(scheme: .rtsps, host: "fe80::1", path: ""),
            SourceAddress(scheme: .rtsp, host: "camera.example", path: "/user=admin&channel=1.sdp"),
            SourceAddress(scheme: .file, host: "", path: "/视频/100%41 kitchen?.mp4 "),
            SourceAddress(scheme: .sim, host: "cooking", query: "people=2&seed=7"),
        ])
    func `every kind of address comes back as it was`(engine: Engine, address: SourceAddress) async throws {
        try await withStore(engine) { store, _ in
            var camera = try await store.addCamera()
            camera.main = address
            camera.sub = address
            camera.retentionDays = 60
            camera.transport = .udp
            camera.client = .compatible
            camera.verifiesCertificate = true
            camera.isRecorded = false
            #expect(address.isStorable)
            try await store.write { [camera] in try $0.cameras.change(camera) }
            #expect(try await store.read { try $0.cameras.all() } == [camera])
        }
    }

    @Test func `an address that would come back changed is known beforehand`() {
        #expect(!SourceAddress(scheme: .rtsp, host: "a", path: "/x ").isStorable)
        #expect(!SourceAddress(scheme: .rtsp, host: "a@b", path: "/x").isStorable)
        #expect(!SourceAddress(scheme: .rtsp, host: "").isStorable)
    }

    @Test(arguments: Engine.all) func `two cameras of an area can't share a name unless one is removed`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera("Sink")
            let second = Camera(
                id: CameraID(at: TemporaryStore.now), area: camera.area, name: "Sink", main: camera.main)
            let error = await #expect(throws: StoreError.self) {
                try await store.write { try $0.cameras.add(second, at: TemporaryStore.now) }
            }
            #expect(error?.kind == .notUnique)
            try await store.write { records in
                try records.cameras.remove(camera.id, at: TemporaryStore.now)
                try records.cameras.add(second, at: TemporaryStore.now)
            }
            #expect(try await store.read { try $0.cameras.all() } == [second])
        }
    }
}
