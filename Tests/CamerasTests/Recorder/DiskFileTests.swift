import Foundation
import TestSupport
import Testing

@testable import Cameras

struct DiskFileTests {
    @Test func `folders are made below the current folder for a path that is not absolute`() throws {
        let name = "disk-file-test-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: name) }
        try DiskFile.create("\(name)/a/b.mp4").write([1, 2, 3][...], at: 0)
        #expect(try DiskFile.open("./\(name)/a/b.mp4").size() == 3)
        #expect(!FileManager.default.fileExists(atPath: "/\(name)"))
    }

    @Test func `nothing is ever overwritten`() throws {
        let folder = try TemporaryDirectory()
        _ = try DiskFile.create(folder.file("x/one.mp4"))
        #expect(throws: DiskError.self) { try DiskFile.create(folder.file("x/one.mp4")) }
    }
}
