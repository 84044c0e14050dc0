#include "sim/document.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "sim/toml_reader.hpp"
#include "tests/catch.hpp"
#include "tests/sim/temporary_folder.hpp"

using sim::Diagnostics;
using sim::Document;
using test::TemporaryFolder;

namespace {

std::vector<std::string> texts(const Diagnostics& diagnostics) {
    std::vector<std::string> all;
    for (const sim::Diagnostic& finding : diagnostics.findings()) all.push_back(finding.text());
    return all;
}

/// The findings of a text, joined by newlines.
std::string findings_of(std::string_view text, const std::vector<std::string>& sets = {}) {
    Diagnostics diagnostics;
    (void)Document::from_text(text, "a.toml", sets, diagnostics);
    return fmt::format("{}", fmt::join(texts(diagnostics), "\n"));
}

/// The findings of a file with overlays, without the path of the folder.
std::string findings_of(const TemporaryFolder& folder, const std::string& file, const std::vector<std::string>& overlays = {}) {
    Diagnostics diagnostics;
    (void)Document::read(file, overlays, {}, diagnostics);
    return folder.relative(fmt::format("{}", fmt::join(texts(diagnostics), "\n")));
}

Document good(std::string_view text, const std::vector<std::string>& sets = {}) {
    Diagnostics diagnostics;
    Document document = Document::from_text(text, "a.toml", sets, diagnostics);
    CHECK(texts(diagnostics).empty());
    return document;
}

}  // namespace

TEST_CASE("base, overlay and setting win in this order, table by table", "[document]") {
    const TemporaryFolder folder;
    folder.write("base.toml", "x = 1\ny = 1\nz = 1\nlist = [1, 2]\n[t]\na = 1\nb = 1\n");
    const std::string root = folder.write("root.toml", "extends = [\"base.toml\"]\ny = 2\nz = 2\nlist = [3]\n[t]\nb = 2\n");
    const std::string overlay = folder.write("over/top.toml", "z = 3\n[t.deep]\nc = 3\n");
    Diagnostics diagnostics;
    const Document document = Document::read(root, {overlay}, {"t.deep.c=4", "t.new=18 months"}, diagnostics);
    REQUIRE(texts(diagnostics).empty());
    CHECK(document.to_toml() == "list = [3]\nx = 1\ny = 2\nz = 3\n\n[t]\na = 1\nb = 2\nnew = \"18 months\"\n\n[t.deep]\nc = 4\n");
    std::string origins;
    for (const sim::Origin& origin : document.origins()) {
        origins += origin.key + " = " + origin.value + " <- " + folder.relative(origin.place.text()) + "\n";
    }
    CHECK(origins ==
          "list = [3] <- root.toml:4:8\nx = 1 <- base.toml:1:5\ny = 2 <- root.toml:2:5\nz = 3 <- over/top.toml:1:5\n"
          "t.a = 1 <- base.toml:6:5\nt.b = 2 <- root.toml:6:5\nt.new = \"18 months\" <- --set t.new=18 months\n"
          "t.deep.c = 4 <- --set t.deep.c=4\n");
    CHECK(document.files().size() == 3);
}

TEST_CASE("a distribution is replaced whole, or changed in one parameter", "[document]") {
    const std::string base = "[m]\nh = { dist = \"triangular\", min = 0.0, mode = 0.5, max = 1.0 }\n";
    CHECK(good(base, {"m.h={dist = \"uniform\", min = 0, max = 2}"}).to_toml() ==
          "[m]\nh = { dist = \"uniform\", max = 2, min = 0 }\n");
    CHECK(good(base, {"m.h.max=0.9"}).to_toml() == "[m]\nh = { dist = \"triangular\", max = 0.9, min = 0.0, mode = 0.5 }\n");
    CHECK(good(base, {"m.h=0.25"}).to_toml() == "[m]\nh = 0.25\n");
}

TEST_CASE("a table and a value do not replace one another", "[document]") {
    CHECK(findings_of("[t]\na = 1\n", {"t=3"}) == "--set t=3: t is an integer here, but a table at a.toml:1:2");
    CHECK(findings_of("t = 1\n", {"t.a=3"}) == "--set t.a=3: t is a table here, but an integer at a.toml:1:1");
}

TEST_CASE("settings are TOML values or bare words", "[document]") {
    const auto value = [](const std::string& setting) { return good("", {setting}).to_toml(); };
    CHECK(value("a=1") == "a = 1\n");
    CHECK(value("a = 1.5") == "a = 1.5\n");
    CHECK(value("a=true") == "a = true\n");
    CHECK(value("a=word") == "a = \"word\"\n");
    CHECK(value("a=35 %") == "a = \"35 %\"\n");
    CHECK(value("a=2018-03-30") == "a = 2018-03-30\n");
    CHECK(value("a=\"x=y\"") == "a = \"x=y\"\n");
    CHECK(value("a=x=y") == "a = \"x=y\"\n");
    CHECK(value("\"a b\".c=1") == "[\"a b\"]\nc = 1\n");
    CHECK(value("a.b.c=[1, 2]") == "[a.b]\nc = [1, 2]\n");
    CHECK(value("a=C:\\x") == "a = \"C:\\\\x\"\n");

    CHECK(findings_of("", {"a"}) == "--set a: a setting is written table.key=value");
    CHECK(findings_of("", {"a="}) == "--set a=: there is no value after the =");
    CHECK(findings_of("", {"=1"}) == "--set =1: the key is written table.key, of letters, digits, _ and -");
    CHECK(findings_of("", {"a b=1"}).ends_with("the key is written table.key, of letters, digits, _ and -"));
    CHECK(findings_of("", {"[a] # b=1"}).ends_with("the key is written table.key, of letters, digits, _ and -"));
    CHECK(findings_of("", {"a=1\nb=2"}).ends_with("a setting is one line without control characters"));
    CHECK(findings_of("", {"a=[1"}) == "--set a=[1: [1 is not a TOML value");
    CHECK(findings_of("", {"a=nan"}) == "--set a=nan: a = nan is not a finite number");
    CHECK(findings_of("", {"a.b=-inf"}) == "--set a.b=-inf: a.b = -inf is not a finite number");
    CHECK(findings_of("", {"a=\xff"}).ends_with("the value is not UTF-8 text"));
    CHECK(findings_of("", {"extends=[\"x\"]"}).ends_with("extends can only be set in a file"));
}

TEST_CASE("what TOML does not allow is told with line and column", "[document]") {
    CHECK(findings_of("a = 1\nb = = 2\n").starts_with("a.toml:2:"));
    CHECK(findings_of("a = 1\na = 2\n").starts_with("a.toml:2:"));
    CHECK(findings_of("a = 1\nb = nan\n") == "a.toml:2:5: b = nan is not a finite number");
    CHECK(findings_of("b = [1.0, -inf]\n") == "a.toml:1:11: b = -inf is not a finite number");
    CHECK_FALSE(findings_of("b = 1e999\n").empty());
    CHECK(findings_of("b = 07:32:00\n") == "a.toml:1:5: a time of day is not used here: write a date, such as 2018-03-30");
    CHECK(findings_of("b = 2018-03-30T07:32:00\n").starts_with("a.toml:1:5: a time of day"));
    CHECK(findings_of("b = 2018-02-30\n").starts_with("a.toml:1:"));
    CHECK(findings_of("b = \"\xff\"\n").starts_with("a.toml:1:"));
    CHECK(findings_of("extends = [\"b.toml\"]\n") == "a.toml:1:1: extends can only be set in a file");
}

TEST_CASE("texts that are too large are refused before they are parsed", "[document]") {
    std::string dotted = "a";
    for (int i = 0; i < 33; ++i) dotted += ".a";
    CHECK(findings_of("\n" + dotted + " = 1\n") == "a.toml:2:1: a key of more than 32 parts");
    CHECK(findings_of("[" + dotted + "]\n") == "a.toml:1:1: a key of more than 32 parts");
    std::string huge = "a";
    for (int i = 0; i < 20'000; ++i) huge += ".a";
    CHECK(findings_of(huge + " = 1\n") == "a.toml:1:1: a key of more than 32 parts");
    CHECK(findings_of("", {huge + "=1"}).ends_with("a key of more than 32 parts"));
    std::string spread = "\"a\"";
    for (int i = 0; i < 20'000; ++i) spread += " . 'a'";
    CHECK_FALSE(findings_of(spread + " = 1\n").empty());
    CHECK(findings_of("a = " + std::string(33, '[') + std::string(33, ']')) == "a.toml:1:1: values nested deeper than 32 levels");
    CHECK(findings_of("a = [\n" + std::string(5'000, '[') + "\n").ends_with("values nested deeper than 32 levels"));
    CHECK(findings_of("a = \"" + std::string(70'000, 'x') + "\"\n") ==
          "a.toml:1:1: the line has 70006 bytes: at most 65536 are read");
    CHECK(findings_of(std::string(5'000'000, '\n')) == "a.toml: 5000000 bytes: at most 4194304 are read");
    std::string many = "a = [\n";
    for (int i = 0; i < 210'000; ++i) many += i % 1000 == 999 ? "1,\n" : "1,";
    CHECK(findings_of(many + "]\n").ends_with("more than 200000 values"));

    // Thirty inline tables with long keys pass the scan, and are still too deep.
    std::string mixed;
    for (int i = 0; i < 20; ++i) mixed += "a.a.a = {";
    CHECK(findings_of(mixed + "b = 1" + std::string(20, '}') + "\n").find("values nested deeper than 32 levels") !=
          std::string::npos);

    std::string wide = "[t]\na = [";
    for (int i = 0; i < 5'000; ++i) wide += "1.5, ";
    CHECK(findings_of(wide + "]\nb = \"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f.g.h.i.j [[[[\" # [[[[\n")
              .empty());
    std::string strings =
        "a = '''\n[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n'''\nb = \"\"\"x\"\"\"\"\"\nc = \"\\\"[\"\nd = 'x\\'\n";
    CHECK(findings_of(strings).empty());
}

TEST_CASE("a file may extend others in its folder, and no more", "[document]") {
    const TemporaryFolder folder;
    const auto root = [&](const std::string& first_line) { return folder.write("s/root.toml", first_line + "\nx = 1\n"); };
    folder.write("outside.toml", "x = 2\n");
    folder.write("s/base.toml", "y = 3\n");
    folder.write("s/deep/base.toml", "extends = [\"../base.toml\"]\nz = 4\n");
    folder.write("s/a.toml", "extends = [\"b.toml\"]\n");
    folder.write("s/b.toml", "x = 1\nextends = [\"a.toml\"]\n");
    folder.write("s/broken.toml", "x = \n");
    std::filesystem::create_symlink("base.toml", folder.path("s/link.toml"));
    std::filesystem::create_directory_symlink("deep", folder.path("s/linked"));
    REQUIRE(::mkfifo(folder.path("s/pipe.toml").c_str(), 0600) == 0);

    CHECK(findings_of(folder, root("extends = [\"base.toml\", \"deep/base.toml\"]")).empty());
    CHECK(findings_of(folder, root("extends = \"base.toml\"")).empty());
    CHECK(findings_of(folder, root("extends = [\"../outside.toml\"]"))
              .starts_with("s/root.toml:1:12: \"../outside.toml\" cannot be used: it leaves the folder "));
    CHECK(findings_of(folder, root("extends = [\"deep/../../outside.toml\"]")).find("leaves the folder") != std::string::npos);
    CHECK(findings_of(folder, root("extends = [\"/etc/passwd\"]")) ==
          "s/root.toml:1:12: \"/etc/passwd\" cannot be used: an absolute path; name it relative to this file");
    CHECK(findings_of(folder, root("extends = [\"none.toml\"]")) ==
          "s/root.toml:1:12: \"none.toml\" cannot be used: there is no such file");
    CHECK(findings_of(folder, root("extends = [\"deep\"]")) ==
          "s/root.toml:1:12: \"deep\" cannot be used: it is not a regular file");
    CHECK(findings_of(folder, root("extends = [\"pipe.toml\"]")) ==
          "s/root.toml:1:12: \"pipe.toml\" cannot be used: it is not a regular file");
    CHECK(findings_of(folder, root("extends = [\"link.toml\"]")) ==
          "s/root.toml:1:12: \"link.toml\" cannot be used: it is, or passes through, a symbolic link");
    CHECK(findings_of(folder, root("extends = [\"linked/base.toml\"]")).ends_with("it is, or passes through, a symbolic link"));
    CHECK(findings_of(folder, root("extends = [\"\"]")) == "s/root.toml:1:12: \"\" cannot be used: it is not a path");
    CHECK(findings_of(folder, root("extends = [3]")) ==
          "s/root.toml:1:12: extends has an integer in its list: expected a file name");
    CHECK(findings_of(folder, root("extends = 3")) ==
          "s/root.toml:1:11: extends is an integer: expected a list of file names, such as [\"base.toml\"]");
    CHECK(findings_of(folder, root("extends = [\"root.toml\"]")).starts_with("s/root.toml:1:12: \"root.toml\" extends itself: "));
    CHECK(findings_of(folder, root("extends = [\"a.toml\"]")) ==
          "s/b.toml:2:12: \"a.toml\" extends itself: s/a.toml is being read already");
    CHECK(findings_of(folder, root("extends = [\"broken.toml\"]")).starts_with("s/broken.toml:1:"));

    // An overlay from elsewhere keeps to its own folder; one from inside may use the whole folder of the root.
    folder.write("o/more.toml", "m = 1\n");
    const std::string plain = root("");
    CHECK(findings_of(folder, plain, {folder.write("o/over.toml", "extends = [\"more.toml\"]\n")}).empty());
    CHECK(findings_of(folder, plain, {folder.write("s/deep/over.toml", "extends = [\"../base.toml\"]\n")}).empty());
    CHECK(
        findings_of(folder, plain, {folder.write("o/bad.toml", "extends = [\"../s/base.toml\"]\n")}).find("leaves the folder") !=
        std::string::npos);
}

TEST_CASE("files extend one another at most eight deep, and sixty-four are read", "[document]") {
    const TemporaryFolder folder;
    folder.write("f0.toml", "x = 0\n");
    for (int i = 1; i <= 9; ++i) {
        folder.write(fmt::format("f{}.toml", i), fmt::format("extends = [\"f{}.toml\"]\n", i - 1));
    }
    CHECK(findings_of(folder, folder.path("f8.toml")).empty());
    CHECK(findings_of(folder, folder.path("f9.toml")) == "f1.toml:1:12: files extend one another more than 8 deep");

    folder.write("g0.toml", "x = 0\n");
    for (int i = 1; i <= 8; ++i) {
        std::string list;
        for (int j = 0; j < 9; ++j) list += fmt::format("\"g{}.toml\", ", i - 1);
        folder.write(fmt::format("g{}.toml", i), fmt::format("extends = [{}]\n", list));
    }
    CHECK(findings_of(folder, folder.path("g8.toml")).find("more than 64 files are read") != std::string::npos);
}

TEST_CASE("files named on the command line must be regular, readable and not too large", "[document]") {
    const TemporaryFolder folder;
    Diagnostics diagnostics;
    REQUIRE(::mkfifo(folder.path("pipe").c_str(), 0600) == 0);
    CHECK_THROWS_AS(Document::read(folder.path("none.toml"), {}, {}, diagnostics), sim::FileError);
    CHECK_THROWS_AS(Document::read(folder.path("."), {}, {}, diagnostics), sim::FileError);
    CHECK_THROWS_AS(Document::read(folder.path("pipe"), {}, {}, diagnostics), sim::FileError);
    CHECK_THROWS_AS(Document::read("/dev/zero", {}, {}, diagnostics), sim::FileError);
    CHECK(findings_of(folder, folder.write("large.toml", std::string(4'194'305, '\n'))) ==
          "large.toml: the file has 4194305 bytes: at most 4194304 are read");
    CHECK(findings_of(folder, folder.write("bom.toml", "\xEF\xBB\xBFx = 1\r\ny = 2\r\n")).empty());
}

TEST_CASE("keys that nobody asked for are unknown, with the nearest that somebody did", "[document]") {
    const Document document = good(
        "seed = 1\n"
        "[mortality]\n"
        "hazrd = 1\n"
        "wool = 2\n"
        "[mortalty.sub]\n"
        "a = 1\n"
        "b = 2\n"
        "[grazing]\n"
        "rate = 1\n"
        "[grazing.fences]\n"
        "north = 1\n"
        "[hut]\n"
        "[[dogs]]\n"
        "name = \"Rex\"\n"
        "nam = 1\n");
    const sim::Section root = document.root();
    (void)root.has("seed");
    const sim::Section mortality = root.child("mortality").value();
    CHECK(mortality.path() == "mortality");
    CHECK_FALSE(mortality.has("hazard"));
    const sim::Section grazing = root.child("grazing").value();
    CHECK(grazing.has("rate"));
    CHECK_FALSE(grazing.has("wool"));
    CHECK_FALSE(root.child("nothing").has_value());
    const std::vector<sim::Section> dogs = root.items("dogs");
    REQUIRE(dogs.size() == 1);
    CHECK(dogs[0].path() == "dogs[0]");
    CHECK(dogs[0].has("name"));
    Diagnostics diagnostics;
    document.report_unknown(diagnostics);
    CHECK(texts(diagnostics) == std::vector<std::string>{
                                    "a.toml:15:1: unknown key dogs[0].nam: did you mean dogs[0].name?",
                                    "a.toml:10:10: unknown table grazing.fences",
                                    "a.toml:12:2: unknown table hut",
                                    "a.toml:3:1: unknown key mortality.hazrd: did you mean mortality.hazard?",
                                    "a.toml:4:1: unknown key mortality.wool: did you mean grazing.wool?",
                                    "a.toml:5:2: unknown table mortalty: did you mean mortality?",
                                });
}

TEST_CASE("tables that a user names are listed by name", "[document]") {
    const Document document =
        good("[pen.west]\na = 1\n[pen.east]\na = 2\n[pen]\nall = 3\nsize = { dist = \"constant\", value = 1 }\n");
    std::string names;
    for (const auto& [name, section] : document.root().child("pen").value().children()) {
        names += name + "@" + section.place().text() + " ";
        CHECK(section.has("a"));
    }
    CHECK(names == "east@a.toml:3:1 west@a.toml:1:1 ");
    Diagnostics diagnostics;
    document.report_unknown(diagnostics);
    CHECK(texts(diagnostics) == std::vector<std::string>{"a.toml:6:1: unknown key pen.all", "a.toml:7:1: unknown key pen.size"});
}

TEST_CASE("a value where a table is expected is a finding", "[document]") {
    const Document document = good("pen = 3\ndogs = [1]\nsheep = \"x\"\n");
    CHECK_FALSE(document.root().child("pen").has_value());
    CHECK(document.root().items("dogs").empty());
    CHECK(document.root().items("sheep").empty());
    Diagnostics diagnostics;
    document.report_unknown(diagnostics);
    CHECK(texts(diagnostics) == std::vector<std::string>{"a.toml:2:9: dogs[0] is an integer: expected a table",
                                                         "a.toml:1:7: pen is an integer: expected a table",
                                                         "a.toml:3:9: sheep is a text: expected a list of tables"});
}

TEST_CASE("a file named in a file is found beside it", "[document]") {
    const TemporaryFolder folder;
    folder.write("s/pens.csv", "name\n");
    folder.write("s/deep/pens.csv", "name\n");
    folder.write("outside.csv", "name\n");
    folder.write("s/deep/base.toml", "here = \"pens.csv\"\n");
    const std::string root = folder.write(
        "s/root.toml", "extends = [\"deep/base.toml\"]\npens = \"pens.csv\"\nbad = \"../outside.csv\"\nnumber = 3\n");
    Diagnostics diagnostics;
    const Document document = Document::read(root, {}, {"set=deep/pens.csv"}, diagnostics);
    const sim::Section section = document.root();
    CHECK(section.file("pens", diagnostics).value() == folder.path("s/pens.csv"));
    CHECK(section.file("here", diagnostics).value() == folder.path("s/deep/pens.csv"));
    CHECK(section.file("set", diagnostics).value() == folder.path("s/deep/pens.csv"));
    CHECK_FALSE(section.file("absent", diagnostics).has_value());
    CHECK(texts(diagnostics).empty());
    CHECK_FALSE(section.file("bad", diagnostics).has_value());
    CHECK_FALSE(section.file("number", diagnostics).has_value());
    REQUIRE(diagnostics.findings().size() == 2);
    CHECK(folder.relative(diagnostics.findings()[0].text())
              .starts_with("s/root.toml:3:7: \"../outside.csv\" cannot be used: it leaves the folder "));
    CHECK(folder.relative(diagnostics.findings()[1].text()) ==
          "s/root.toml:4:10: number is an integer: expected the name of a file");
}

TEST_CASE("the merged document reads back as itself", "[document]") {
    const std::string text =
        "a = 0.1\nb = 1e300\nc = 5.0\nd = -0.0\ne = 1e-7\nf = \"q\\\"\\\\ \\n \\u00e9\"\ng = [[1], [\"x\", {k = 2}]]\nh = "
        "2018-03-30\n"
        "i = true\nj = 9223372036854775807\nk = 123456789.123\n\"l m\" = 1\n[t]\n[u.\"v w\".x]\ny = {}\n";
    const std::string once = good(text).to_toml();
    CHECK(good(once).to_toml() == once);
    CHECK(once.find("c = 5.0\n") != std::string::npos);
    CHECK(once.find("a = 0.1\n") != std::string::npos);
}

TEST_CASE("a file cut at any byte or with any byte changed is read or refused", "[document]") {
    const std::string text =
        "extends = []\n[scenario]\nname = \"hill farm\" # comment\nstart = 2018-03-30\n[pen.west]\nlist = [1, 2.5, 'x']\n"
        "h = { dist = \"triangular\", min = 0.2, mode = 0.5, max = 0.8 }\nm = \"\"\"\nx\\\n y\"\"\"\n[[dog]]\nage = "
        "3\n[[dog]]\nage = 0x1f\n";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        Diagnostics diagnostics;
        const Document document = Document::from_text(text.substr(0, length), "a.toml", {}, diagnostics);
        document.report_unknown(diagnostics);
        (void)document.to_toml();
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const char c : {'\0', '\n', '"', '\'', '[', ']', '{', '}', '=', '.', ',', '#', '\\', ' ', '9', 'e', '\xff'}) {
            std::string changed = text;
            changed[at] = c;
            Diagnostics diagnostics;
            const Document document = Document::from_text(changed, "a.toml", {}, diagnostics);
            const std::string written = document.to_toml();
            if (!diagnostics.empty()) continue;
            REQUIRE(good(written).to_toml() == written);
        }
    }
}

TEST_CASE("what two documents find in the same place is told once, in the order of places", "[document]") {
    Diagnostics diagnostics;
    diagnostics.add({"b.toml", 2, 1}, "second");
    diagnostics.add({"a.toml", 1, 1}, "first");
    diagnostics.add({"a.toml", 1, 1}, "another");
    diagnostics.add({"a.toml", 1, 1}, "first");
    try {
        diagnostics.throw_if_any();
        FAIL("nothing was thrown");
    } catch (const sim::InputError& error) {
        std::vector<std::string> messages;
        for (const sim::Diagnostic& finding : error.findings()) messages.push_back(finding.message);
        CHECK(messages == std::vector<std::string>{"first", "another", "second"});
    }
}
