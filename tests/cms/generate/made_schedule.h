// A schedule out of a number: odd names, long texts, many rooms, nights on which clocks change, or
// nothing at all.
#pragma once

#include <cstdint>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace stet::generate {

class MadeSchedule {
 public:
  // kSound: each speaker has a file, and no title is longer than an import takes.
  enum Kind { kAny, kSound };
  explicit MadeSchedule(std::uint32_t seed, Kind kind = kAny)
      : random_(seed), is_sound_(kind == kSound) {}

  std::map<std::string, std::string> files() {
    std::map<std::string, std::string> files;
    files["_config.yml"] = is_one_of(3) ? "title: X\n" : "url: https://example.org\nbaseurl: /e\n";
    files["_data/event.yml"] = event();
    int sessions = is_one_of(8) ? 0 : number(1, 60);
    for (int i = 0; i < sessions; ++i) {
      files["_schedule/" + (is_one_of(10) ? "встреча-" : std::string("s")) + std::to_string(i) +
            ".md"] = session();
    }
    for (int i = 0; i < 5; ++i) {
      files["_speakers/p" + std::to_string(i) + ".md"] = "---\nname: " + quoted() + "\n---\n";
    }
    return files;
  }

 private:
  static constexpr const char* kParagraphs[] = {
      "Some *words* & <em>more</em>, \u00abЦитата\u00bb; a\\b.\n\n- one\n- two\n\n",
      "1. first\n2. second\n\n> said --- \"so\" ... it's\n\n",
      "\\# not a title\n\na | b\nc \\| d\n\n```\ncode | *here* `x` <b> &amp; ~~\n\n  two -- "
      "\"\n```\n\n",
      "| a | b |\n|---|---|\n| 1 | 2 |\n\n# Title\n\n12\\. no item\n\n\\- neither\n\n",
      "Zeile\u2028zwei\u0085 שלום {% raw %}{{ x }} {% if %}{% endraw %} snake_case _it_ $$x$$ "
      "^\n\n",
      "<p>HTML <b>here</b><br>and there &lt;script&gt; &copy; "
      "&#8212;</p>\n\nhttps://example.org/a_b_c?x=1&y=2\n\n",
      "\\[^1] \\{: .x} ~tilde~ <<a>> term\n: definition\n\n+ plus\n\n\\= \\+ == \\: x\n\n"};

  int number(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<std::uint32_t>(high - low + 1));
  }
  bool is_one_of(int n) { return number(1, n) == 1; }

  // A text in YAML's double quotes.
  std::string quoted(int words = 4) {
    static const std::vector<std::string> kWords = {
        "Trust",  "&amp;", "<b>",     "\\\"so\\\"", "Привет", "会議", "😀",      "a;b,c",
        "\\\\n",  "\\t",   "\\x07",   "ﷺ",          "naïve",  "]]>",  "%7B",    "{{x}}",
        "\\r\\n", "שלום",  "\\u2028", "\\uFFFE",    "--",     "=1+1", "\\u200B"};
    std::string text = "\"";
    int count = number(0, words);
    for (int i = 0; i < count; ++i) {
      text += (i == 0 ? "" : " ") +
              kWords[static_cast<std::size_t>(number(0, static_cast<int>(kWords.size()) - 1))];
    }
    return text + "\"";
  }

  std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

  std::string zone() {
    static const std::vector<std::string> kZones = {"America/New_York",
                                                    "Europe/Berlin",
                                                    "UTC",
                                                    "Asia/Kolkata",
                                                    "Australia/Lord_Howe",
                                                    "Pacific/Apia",
                                                    "Asia/Tehran",
                                                    "Africa/Cairo",
                                                    "Etc/GMT+5",
                                                    "America/St_Johns"};
    return kZones[static_cast<std::size_t>(number(0, static_cast<int>(kZones.size()) - 1))];
  }

  std::string event() {
    std::string text;
    if (!is_one_of(5)) text += "title: " + quoted() + "\n";
    if (!is_one_of(3)) text += "acronym: " + quoted(2) + "\n";
    if (!is_one_of(6)) text += "time_zone: " + zone() + "\n";
    if (!is_one_of(3)) text += "start: 2020-10-24\nend: 2020-11-02\n";
    if (is_one_of(2)) text += "color: '#0a0'\n";
    rooms_ = is_one_of(4) ? 0 : is_one_of(3) ? 30 : number(1, 6);
    if (rooms_ > 0) text += "rooms:\n";
    for (int i = 0; i < rooms_; ++i) {
      text += "- {name: R" + std::to_string(i) + ", capacity: " + std::to_string(i * 10) +
              ", description: " + quoted() + "}\n";
    }
    if (is_one_of(2)) {
      text +=
          "tracks: [{name: Öffentlichkeit, color: '#AB12cd'}, {name: B}, {name: C, color: red}]\n";
    }
    return text.empty() ? "{}\n" : text;
  }

  // Around the nights on which clocks are set back in Europe and in America, and one in spring.
  std::string time() {
    static const std::vector<std::string> kDays = {"2020-10-24",
                                                   "2020-10-25",
                                                   "2020-10-31",
                                                   "2020-11-01",
                                                   "2020-03-08",
                                                   "2020-03-29",
                                                   "2020-11-02"};
    return kDays[static_cast<std::size_t>(number(0, static_cast<int>(kDays.size()) - 1))] + "T" +
           two(number(0, 23)) + ":" + two(number(0, 11) * 5);
  }

  std::string slot() {
    std::string text = "start: " + time() + (is_one_of(6) ? ":00-05:00" : "") + "\n";
    if (is_one_of(3))
      text += "duration: " + std::to_string(number(1, is_one_of(9) ? 5000 : 200)) + "\n";
    if (!is_one_of(5)) {
      text += "room: " + (is_one_of(8) ? quoted() : "R" + std::to_string(number(0, 31))) + "\n";
    }
    return text;
  }

  std::string session() {
    std::string text = "---\ntitle: " + quoted(is_one_of(10) ? (is_sound_ ? 50 : 300) : 4) + "\n";
    if (is_one_of(3)) text += "subtitle: " + quoted() + "\n";
    if (is_one_of(3)) text += "track: " + std::string(is_one_of(2) ? "B" : quoted()) + "\n";
    if (is_one_of(2)) text += "type: talk\nlanguage: en\n";
    if (is_one_of(2))
      text += is_sound_ ? "speakers: [p0, p3, p1]\n" : "speakers: [p0, p3, nobody]\n";
    if (is_one_of(5)) text += "status: cancelled\n";
    if (is_one_of(5)) text += "status: tentative\n";
    if (is_one_of(4)) text += "uid: twin\n";
    if (is_one_of(4))
      text += "links: [{title: " + quoted() + ", url: 'https://example.org/a b'}]\n";
    if (is_one_of(6)) {
      text += "slots:\n- {id: a, start: " + time() + "}\n- {id: b, start: " + time() +
              ", room: R1}\n- {start: " + time() + "}\n";
    } else if (!is_one_of(8)) {
      text += slot();
    }
    text += "---\n";
    int paragraphs = is_one_of(12) ? 400 : number(0, 3);
    for (int i = 0; i < paragraphs; ++i) {
      text += kParagraphs[number(0, static_cast<int>(std::size(kParagraphs)) - 1)];
    }
    return text;
  }

  std::mt19937 random_;
  const bool is_sound_;
  int rooms_ = 0;
};

}  // namespace stet::generate
