import django_filters

from towns.models import Party, Photo, Publication


class ArticleFilter(django_filters.FilterSet):
    column = django_filters.CharFilter(field_name="column__slug")
    town = django_filters.CharFilter(field_name="towns__code", max_length=9)

    class Meta:
        model = Publication
        fields = ("column", "town")


class PhotoFilter(django_filters.FilterSet):
    town = django_filters.CharFilter(field_name="towns__code", max_length=9)
    substitute = django_filters.ChoiceFilter(choices=Photo.Substitute.choices)

    class Meta:
        model = Photo
        fields = ("town", "substitute")


class PartyFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Party.Kind.choices)

    class Meta:
        model = Party
        fields = ("kind",)
