import Domain
import Foundation
import TestSupport
import Testing

@testable import Store

struct SealingTests {
    private let camera = CameraID(at: TemporaryStore.now)

    @Test(arguments: [("admin", "12345"), ("", ""), ("用户", "密码:@/ "), ("a", String(repeating: "x", count: 300))])
    func `credentials come back under the same key for the same camera`(user: String, password: String) throws {
        let credentials = Credentials(user: user, password: Secret(password))
        let sealed = try TemporaryStore.key.seal(credentials, for: camera)
        #expect(try TemporaryStore.key.openCredentials(sealed, for: camera) == credentials)
        #expect(try TemporaryStore.key.seal(credentials, for: camera) != sealed)
    }

    @Test func `another key, another camera or a changed bit opens nothing`() throws {
        let sealed = try TemporaryStore.key.seal(Credentials(user: "u", password: Secret("p")), for: camera)
        #expect(throws: StoreError.self) {
            try SealingKey(bytes: Array(2...33)).openCredentials(sealed, for: camera)
        }
        #expect(throws: StoreError.self) {
            try TemporaryStore.key.openCredentials(sealed, for: CameraID(at: TemporaryStore.now))
        }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: StoreError.self) { try TemporaryStore.key.openCredentials(changed, for: camera) }
            #expect(throws: StoreError.self) {
                try TemporaryStore.key.openCredentials(Array(sealed.prefix(index)), for: camera)
            }
        }
    }

    @Test func `the password is nowhere in the database's files`() async throws {
        try await withTemporaryStore(.sqlite) { temporary in
            let store = try await temporary.open()
            var camera = try await store.addCamera()
            camera.credentials = Credentials(user: "root-of-camera", password: Secret("correct horse battery"))
            try await store.write { [camera] in try $0.cameras.change(camera) }
            let back = try await store.read { [camera] in try $0.cameras.camera(camera.id) }
            #expect(back == camera)
            for name in try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path) {
                let bytes = try Data(contentsOf: temporary.folder.appendingPathComponent(name))
                #expect(bytes.range(of: Data("correct horse".utf8)) == nil)
                #expect(bytes.range(of: Data("root-of-camera".utf8)) == nil)
            }
            try await store.close()
        }
    }

    @Test(arguments: Engine.all) func `a wrong key is refused at opening`(engine: Engine) async throws {
        try await withTemporaryStore(engine) { temporary in
            try await temporary.open().close()
            let error = await #expect(throws: StoreError.self) {
                _ = try await temporary.open(key: SealingKey(bytes: Array(2...33)))
            }
            #expect(error?.kind == .wrongKey)
        }
    }

    @Test func `the key file is made once, for its owner only, and read again`() throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("key")
        let made = try SealingKey.loadOrCreate(at: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let read = try SealingKey.loadOrCreate(at: path)
        #expect(read.open(try made.seal([1, 2], purpose: "x"), purpose: "x") == [1, 2])
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: StoreError.self) { try SealingKey.loadOrCreate(at: path) }
    }

    @Test(arguments: [0, 31, 33]) func `a key file of another length is refused`(length: Int) throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("key")
        _ = FileManager.default.createFile(
            atPath: path, contents: Data(count: length), attributes: [.posixPermissions: 0o600])
        #expect(throws: StoreError.self) { try SealingKey.loadOrCreate(at: path) }
    }
}
