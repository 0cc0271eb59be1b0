#include "search/catalog_pool.h"

#include <utility>

namespace spotisearch {

Result<CatalogPool::Lease> CatalogPool::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto catalog = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(catalog));
    }
  }
  auto catalog = Catalog::open_read_only(folder_);
  if (!catalog) return tl::unexpected(std::move(catalog).error());
  return Lease(*this, std::make_unique<Catalog>(std::move(*catalog)));
}

void CatalogPool::take_back(std::unique_ptr<Catalog> catalog) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(catalog));
}

}  // namespace spotisearch
