"""Parts of the case page: findings, materials, stages, documents."""
