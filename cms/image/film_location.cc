#include "cms/image/film_location.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>

#include "cms/image/reader.h"

namespace stet::image {
namespace {

constexpr std::size_t kAtomsMax = 200'000, kKeysMax = 1000;
constexpr std::uint64_t kBlockBytesMax = std::uint64_t{16} << 20;

// Boxes of user data that say nothing but places, or hold pictures with an EXIF of their own.
constexpr auto kPlaces = std::to_array<std::string_view>(
    {"\xa9xyz", "loci", "GPS ", "gps ", "gps0", "Exif", "CNTH", "CNDA", "NCDT"});

constexpr std::string_view kXmpId(
    "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac", 16);

struct Atom {
  std::string name;
  std::uint64_t at = 0, begin = 0, end = 0;  // its head, what is in it
};

bool has_without_case(std::string_view text, std::string_view wanted) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  auto found =
      std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), [&](char a, char b) {
        return lower(a) == b;
      });
  return found != text.end();
}

bool says_place(std::string_view text) {
  return has_without_case(text, "gps") || has_without_case(text, "location");
}

class Film {
 public:
  explicit Film(const ByteSource& source) : source_(source), reader_(source) {}

  Result<std::vector<Splice>> run() {
    TRY(in(0, reader_.size(), [this](const Atom& atom) { return at_top(atom); }));
    return std::move(splices_);
  }

 private:
  using Visit = std::function<Status(const Atom&)>;

  Status in(std::uint64_t begin, std::uint64_t end, const Visit& visit) {
    for (std::uint64_t at = begin; at < end && end - at >= 8;) {
      if (++atoms_ > kAtomsMax) return invalid_input("the film has too many boxes");
      std::uint64_t size = reader_.u32(at), head = 8;
      Atom atom{std::string(reader_.view(at + 4, 4)), at, 0, 0};
      if (size == 1) {
        size = reader_.u64(at + 8);
        head = 16;
      }
      if (size < head || size > end - at) return {};
      atom.begin = at + head;
      atom.end = at + size;
      TRY(visit(atom));
      at += size;
    }
    return {};
  }

  Status inside(const Atom& atom, Status (Film::*look)(const Atom&)) {
    return in(atom.begin, atom.end, [&](const Atom& inner) { return (this->*look)(inner); });
  }

  Status at_top(const Atom& atom) {
    if (atom.name == "moov") return inside(atom, &Film::in_movie);
    return of_everywhere(atom);
  }

  Status in_movie(const Atom& atom) {
    if (atom.name == "trak") return inside(atom, &Film::in_track);
    return std::find(kPlaces.begin(), kPlaces.end(), atom.name) == kPlaces.end()
               ? of_everywhere(atom)
               : hide(atom);
  }

  Status in_track(const Atom& atom) {
    bool is_way = atom.name == "mdia" || atom.name == "minf" || atom.name == "stbl";
    if (is_way) return inside(atom, &Film::in_track);
    if (atom.name == "stsd")
      return in(atom.begin + 8, atom.end, [this](const Atom& entry) { return of_samples(entry); });
    return of_everywhere(atom);
  }

  Status in_user_data(const Atom& atom) {
    if (atom.name == "meta") return of_metadata(atom);
    if (std::find(kPlaces.begin(), kPlaces.end(), atom.name) != kPlaces.end()) return hide(atom);
    return atom.name == "XMP_" && says_place(TRY(bytes_of(atom))) ? hide(atom) : Status();
  }

  Status of_everywhere(const Atom& atom) {
    if (atom.name == "udta") return inside(atom, &Film::in_user_data);
    if (atom.name == "meta") return of_metadata(atom);
    bool is_xmp = atom.name == "uuid" && reader_.view(atom.begin, kXmpId.size()) == kXmpId;
    return is_xmp && says_place(TRY(bytes_of(atom))) ? hide(atom) : Status();
  }

  // What a track's samples are.
  Status of_samples(const Atom& entry) {
    bool is_of_places = entry.name == "gpmd" || entry.name == "camm" ||
                        (entry.name == "mebx" && says_place(TRY(bytes_of(entry))));
    if (!is_of_places) return {};
    return invalid_input("it has a track of places ('" + entry.name +
                         "'), which says where it was filmed second by second; save it without, "
                         "such as by ffmpeg -i FILM -map 0:v -map 0:a? -c copy NEW");
  }

  // QuickTime's has boxes at once; ISO's a version before them. Keys are numbers of a list, or
  // names themselves.
  Status of_metadata(const Atom& meta) {
    bool is_bare = reader_.view(meta.begin + 4, 4) == "hdlr";
    std::uint64_t begin = meta.begin + (is_bare ? 0 : 4);
    std::set<std::uint32_t> places;
    TRY(in(begin, meta.end, [&](const Atom& atom) -> Status {
      if (atom.name == "keys") read_keys(atom, places);
      bool is_text = atom.name == "xml " || atom.name == "bxml";
      return is_text && says_place(TRY(bytes_of(atom))) ? hide(atom) : Status();
    }));
    return in(begin, meta.end, [&](const Atom& atom) -> Status {
      if (atom.name != "ilst") return Status();
      return in(atom.begin, atom.end, [&](const Atom& item) -> Status {
        bool is_place = item.name == "\xa9xyz" || item.name == "loci" ||
                        places.contains(reader_.u32(item.at + 4));
        return is_place ? hide(item) : Status();
      });
    });
  }

  void read_keys(const Atom& keys, std::set<std::uint32_t>& places) {
    std::uint64_t at = keys.begin + 8;
    for (std::uint32_t number = 1; number <= kKeysMax && at + 8 <= keys.end; ++number) {
      std::uint64_t size = reader_.u32(at);
      if (size < 8 || size > keys.end - at) return;
      std::string_view name = reader_.view(at + 8, static_cast<std::size_t>(size - 8));
      if (says_place(name)) places.insert(number);
      at += size;
    }
  }

  Status hide(const Atom& atom) {
    splices_.push_back({atom.at + 4, 4, "free"});
    return put_zeros(atom.begin, atom.end);
  }

  Status put_zeros(std::uint64_t begin, std::uint64_t end) {
    if (begin == end) return {};
    const std::string bytes = TRY(bytes_of({"", begin, begin, end}));
    std::string zeros(bytes.size(), '\0');
    if (bytes == zeros) return {};
    splices_.push_back({begin, end - begin, std::move(zeros)});
    return {};
  }

  Result<std::string> bytes_of(const Atom& atom) {
    if (atom.end - atom.begin > kBlockBytesMax) {
      return invalid_input("what the film says of itself is too large");
    }
    return source_.read(atom.begin, static_cast<std::size_t>(atom.end - atom.begin));
  }

  const ByteSource& source_;
  Reader reader_;
  std::size_t atoms_ = 0;
  std::vector<Splice> splices_;
};

}  // namespace

Result<std::vector<Splice>> without_place_of_film(const ByteSource& source) {
  return Film(source).run();
}

}  // namespace stet::image
