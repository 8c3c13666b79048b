import Documents
import Domain
import TestSupport

/// A notice as a county would send it.
enum SampleNotice {
    static let address = "https://mingchu.example.gov.cn/n/2026-0001"

    static func document(pictures: [PDFPicture], rows: Int = 4) throws -> PDFDocument {
        let steps = (1...rows).map { number in
            [
                "\(number)", ["加工间操作人员未戴厨师帽", "洗消区地面积水，垃圾桶未加盖", "留样不足125克"][number % 3],
                "2026-11-\(number % 20 + 10) 10:2\(number % 10)", ["Ⅱ级", "Ⅲ级"][number % 2],
            ]
        }
        return PDFDocument(
            title: "责令整改通知书", author: "青山县市场监督管理局", created: UTCTime(milliseconds: 1_795_392_000_000),
            number: "明厨告〔2026〕第 0001 号", pageLabel: "第 {page} 页，共 {pages} 页",
            blocks: [
                .letterhead("青山县市场监督管理局"), .title("责令整改通知书"), .reference("明厨告〔2026〕第 0001 号"),
                .paragraph("青山县第一中学（南校区食堂）：", style: .plain),
                .paragraph([
                    PDFSpan(
                        "经“明厨亮灶”智慧监管平台抓拍并由执法人员核实，你单位食堂存在下列食品安全问题，不符合《中华人民共和国食品安全法》第三十三条第一款第（八）项和 GB 31654-2021《食品安全国家标准 餐饮服务通用卫生规范》的有关规定。现责令你单位于 "
                    ),
                    PDFSpan("2026年11月26日18时前", bold: true),
                    PDFSpan("完成整改，并将整改情况及佐证材料通过平台提交。逾期未改正的，将依法处理。"),
                ]),
                .heading("基本情况"),
                .facts([
                    PDFFact("学校", "青山县第一中学（南校区食堂）"), PDFFact("违规事项", "未戴厨师帽（Ⅱ级）"),
                    PDFFact("发现时间", "2026年11月23日 10时21分"), PDFFact("整改期限", "2026年11月26日 18时（3个教学日）"),
                    PDFFact("法律依据", "《中华人民共和国食品安全法》第三十三条、第一百二十六条\n《学校食品安全与营养健康管理规定》第二十条"),
                ]),
                .heading("存在问题"),
                .table(
                    PDFTable(
                        columns: [
                            PDFTable.Column("序号", weight: 0.6, alignment: .center), PDFTable.Column("问题", weight: 4),
                            PDFTable.Column("时间", weight: 2, alignment: .center),
                            PDFTable.Column("等级", weight: 0.8, alignment: .center),
                        ], rows: steps)),
                .heading("现场图片"), .pictures(pictures), .heading("整改要求"),
                .paragraph("立即纠正上述行为，对全体从业人员开展一次个人卫生培训，并留存培训记录；安排专人每日餐前检查着装，检查表随整改材料一并提交。"),
                .qrCode(
                    try QRCode(address),
                    caption: "扫描二维码查看本通知书、抓拍录像并提交整改材料。\n对本通知有异议的，可在收到之日起 3 个工作日内通过平台提出申诉。"),
                .signatures(
                    [PDFSignature("青山县市场监督管理局"), PDFSignature("2026年11月23日")].map {
                        PDFSignature($0.label, "")
                    }, stamp: "（印章）"),
                .signatures([PDFSignature("签收人："), PDFSignature("签收日期：")]),
                .paragraph("本通知书一式两份，一份送达当事人，一份归档。", style: .note),
            ])
    }

    /// A JPEG out of FFmpeg's test picture.
    static func jpeg(in folder: TemporaryDirectory, width: Int = 640, height: Int = 360) async throws -> [UInt8] {
        let name = "picture-\(width).jpg"
        _ = try await ChildProcess.run([
            "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=\(width)x\(height)", "-frames:v", "1",
            folder.file(name),
        ])
        return try folder.read(name)
    }
}
