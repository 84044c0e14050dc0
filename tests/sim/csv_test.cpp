#include "sim/csv.hpp"

#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/sim/temporary_folder.hpp"

using sim::CsvTable;
using sim::Diagnostics;

namespace {

std::vector<std::string> texts(const Diagnostics& diagnostics) {
    std::vector<std::string> all;
    for (const sim::Diagnostic& finding : diagnostics.findings()) all.push_back(finding.text());
    return all;
}

std::vector<std::string> findings_of(std::string_view text) {
    Diagnostics diagnostics;
    (void)CsvTable::parse(text, "t.csv", diagnostics);
    return texts(diagnostics);
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("cells are numbers, texts and dates", "[csv]") {
    Diagnostics diagnostics;
    const CsvTable table = CsvTable::parse(
        "\xEF\xBB\xBFname, sheep ,since\r\n\"West, \"\"big\"\"\r\npen\",12.5,2018-03-30\r\n\r\n Östern , +3 ,\r\n", "t.csv",
        diagnostics);
    REQUIRE(table.rows() == 2);
    CHECK(table.columns() == Lines{"name", "sheep", "since"});
    CHECK(table.text(0, "name", diagnostics) == "West, \"big\"\r\npen");
    CHECK(table.number(0, "sheep", diagnostics) == 12.5);
    CHECK(table.date(0, "since", diagnostics).value().text() == "2018-03-30");
    CHECK(table.text(1, "name", diagnostics) == "Östern");
    CHECK(table.number(1, "sheep", diagnostics) == 3.0);
    CHECK(table.empty(1, "since"));
    CHECK(table.empty(1, "dogs"));
    CHECK_FALSE(table.empty(1, "sheep"));
    CHECK(table.place(1, "sheep").text() == "t.csv:5:11");
    CHECK(table.has("since"));
    CHECK_FALSE(table.has("dogs"));
    CHECK(texts(diagnostics).empty());
}

TEST_CASE("a cell that is not what is asked for is told with its place", "[csv]") {
    Diagnostics diagnostics;
    const CsvTable table = CsvTable::parse("name,sheep\na,\nb,many\nc,nan\nd,\"1,5\"\ne,-1\n", "t.csv", diagnostics);
    for (std::size_t row = 0; row < table.rows(); ++row) CHECK_FALSE(table.number(row, "sheep", diagnostics, sim::at_least(0)));
    CHECK_FALSE(table.number(0, "sheeps", diagnostics));
    CHECK_FALSE(table.number(1, "sheeps", diagnostics));
    CHECK_FALSE(table.date(0, "name", diagnostics));
    CHECK(texts(diagnostics) == Lines{"t.csv:2:3: sheep is empty", "t.csv:3:3: sheep = \"many\" is not a finite number",
                                      "t.csv:4:3: sheep = \"nan\" is not a finite number",
                                      "t.csv:5:3: sheep = \"1,5\" is not a finite number",
                                      "t.csv:6:3: sheep = -1 is out of range: must be >= 0",
                                      "t.csv:1:1: there is no column sheeps: did you mean sheep?",
                                      "t.csv:2:1: name = \"a\" is not a date, such as 2018-03-30"});
}

TEST_CASE("a table that is not one is refused with the place", "[csv]") {
    CHECK(findings_of("") == Lines{"t.csv:1:1: the table is empty: expected a row of column names"});
    CHECK(findings_of("a,b\n1\n2,3\n4,5,6\n") ==
          Lines{"t.csv:2:1: the row has 1 cells: the header has 2", "t.csv:4:1: the row has 3 cells: the header has 2"});
    CHECK(findings_of("a,b\n1,\"2\n") == Lines{"t.csv:2:3: the quote that opens here is never closed"});
    CHECK(findings_of("a,b\n1,\"2\"x\n") == Lines{"t.csv:2:6: text after the closing quote: write a quote inside a cell twice"});
    CHECK(findings_of("a,a\n") == Lines{"t.csv:1:3: column a stands twice"});
    CHECK(findings_of("a,\n") == Lines{"t.csv:1:3: a column without a name"});
    CHECK(findings_of("a\n\xff\n") == Lines{"t.csv:2:1: the line is not UTF-8 text"});
    CHECK(findings_of("a\n\xed\xa0\x80\n") == Lines{"t.csv:2:1: the line is not UTF-8 text"});
    CHECK(findings_of("a\n" + std::string(70'000, '1') + "\n") ==
          Lines{"t.csv:2:1: the line has 70000 bytes: at most 65536 are read"});
    // A comma too many in the header is one fault, whether the rows have it or not.
    for (const char* text : {"a,,b\n1,2\n3,4\n", "a,,b\n1,,2\n3,,4\n"}) {
        Diagnostics diagnostics;
        const CsvTable table = CsvTable::parse(text, "t.csv", diagnostics);
        CHECK(texts(diagnostics) == Lines{"t.csv:1:3: a column without a name"});
        REQUIRE(table.rows() == 2);
        CHECK(table.number(1, "b", diagnostics) == 4.0);
    }
    CHECK(findings_of("a,b,\n1,2\n3,4,\n") == Lines{"t.csv:1:5: a column without a name"});
    std::string ragged = "a,b\n";
    for (int i = 0; i < 1000; ++i) ragged += "1\n";
    CHECK(findings_of(ragged).size() == 20);
}

TEST_CASE("a table is read from a file, and cut at any byte it is read or refused", "[csv]") {
    const test::TemporaryFolder folder;
    const std::string text = "\xEF\xBB\xBFname,\"a b\"\r\nÖ,1\r\n\"x\"\"y\",2\r\n";
    Diagnostics diagnostics;
    CHECK(CsvTable::read(folder.write("t.csv", text), diagnostics).rows() == 2);
    CHECK(texts(diagnostics).empty());
    CHECK_THROWS_AS(CsvTable::read(folder.path("none.csv"), diagnostics), sim::FileError);
    CHECK(CsvTable::read(folder.write("large.csv", std::string(4'194'305, '\n')), diagnostics).rows() == 0);
    CHECK(diagnostics.findings().size() == 1);
    for (std::size_t length = 0; length <= text.size(); ++length) {
        Diagnostics ignored;
        const CsvTable table = CsvTable::parse(text.substr(0, length), "t.csv", ignored);
        for (std::size_t row = 0; row < table.rows(); ++row) (void)table.number(row, "a b", ignored);
    }
}
