#include "cms/media/examine.h"

#include "cms/image/location.h"
#include "cms/image/picture_data.h"
#include "cms/image/svg.h"

namespace stet::media {
namespace {

using Outcome = std::variant<Examined, Unwanted>;
using Why = Unwanted::Why;

std::string known_types(const Limits& limits) {
  std::string names;
  for (const image::FileType& type : image::file_types()) {
    if (limits.allows(type)) names += (names.empty() ? "" : ", ") + std::string(type.name);
  }
  return names;
}

Unwanted foreign(const ByteSource& upload, const Limits& limits) {
  std::string_view looks = image::foreign_type(upload);
  std::string begin = looks.empty() ? "its content is of no type that is known here"
                                    : "its content is " + std::string(looks);
  return {Why::kType, begin + "; taken are " + known_types(limits)};
}

Status take_away(const ByteSource& upload, Examined& examined) {
  if (examined.type->format != image::Format::kSvg) {
    examined.changes = TRY(image::without_location(upload, examined.type->format));
    if (!examined.changes.empty()) examined.removed.emplace_back("where it was taken");
    return {};
  }
  if (upload.size() > image::kSvgBytesMax) return invalid_input("it is too large for an SVG");
  std::string text = TRY(read_all(upload, image::kSvgBytesMax));
  image::SvgCuts cuts = TRY(image::harmless_svg(text));
  examined.changes = std::move(cuts.splices);
  examined.removed = std::move(cuts.removed);
  return {};
}

}  // namespace

Result<Outcome> examine(const ByteSource& upload, const Limits& limits) {
  if (upload.size() > limits.file_bytes_max) {
    return Outcome(Unwanted{Why::kTooLarge,
                            "it has " + std::to_string(upload.size()) + " bytes, more than the " +
                                std::to_string(limits.file_bytes_max) + " that are taken"});
  }
  Examined examined;
  examined.type = image::type_of_content(upload);
  if (!examined.type) return Outcome(foreign(upload, limits));
  if (!limits.allows(*examined.type)) {
    return Outcome(Unwanted{Why::kType,
                            "it is a file of " + std::string(examined.type->name) +
                                ", and taken are " + known_types(limits)});
  }
  auto size = image::size_of(upload, examined.type->format);
  if (!size && size.error().code != ErrorCode::kInvalidInput) return std::move(size).error();
  if (!size) return Outcome(Unwanted{Why::kBroken, size.error().message});
  examined.size = *size;
  Status changed = image::check_picture(upload, examined.type->format);
  if (changed) changed = take_away(upload, examined);
  if (changed) return Outcome(std::move(examined));
  if (changed.error().code != ErrorCode::kInvalidInput) return std::move(changed).error();
  return Outcome(Unwanted{Why::kBroken, changed.error().message});
}

}  // namespace stet::media
