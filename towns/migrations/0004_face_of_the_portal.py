# Made by Django 5.2.19 on 2026-11-25 15:49

import django.db.models.deletion
import towns.images.inspection
from django.conf import settings
from django.db import migrations, models


def copy_home_photos(apps, schema_editor):
    """What stood on the home page in no order stands there in the order of its keys."""
    copy(apps, "home_photos", "HomePhoto", "photo")


def copy_home_towns(apps, schema_editor):
    copy(apps, "home_towns", "HomeTown", "town")


def copy(apps, field, model, name):
    for site in apps.get_model("towns", "SiteSettings").objects.all():
        for order, record in enumerate(getattr(site, field).order_by("pk"), start=1):
            apps.get_model("towns", model).objects.create(
                **{"site": site, "order": order, name: record}
            )


class Migration(migrations.Migration):

    dependencies = [
        ('towns', '0003_review_and_publication'),
    ]

    operations = [
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='published at')),
                ('slug', models.SlugField(help_text='Such as about, accessibility or privacy. It serves both languages.', max_length=40, unique=True, verbose_name='address')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='At the foot of each page; smaller numbers first.', verbose_name='order')),
                ('title_zh', models.CharField(blank=True, max_length=200, verbose_name='Chinese title')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='English title')),
                ('html_zh', models.TextField(blank=True, verbose_name='Chinese text')),
                ('html_en', models.TextField(blank=True, verbose_name='English text')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
                'ordering': ('order', 'slug'),
            },
        ),
        migrations.AddField(
            model_name='column',
            name='description_en',
            field=models.CharField(blank=True, max_length=300, verbose_name='English description'),
        ),
        migrations.AddField(
            model_name='column',
            name='description_zh',
            field=models.CharField(blank=True, max_length=300, verbose_name='Chinese description'),
        ),
        migrations.AddField(
            model_name='column',
            name='keywords',
            field=models.CharField(blank=True, help_text='For harvesters, as ColumnKeywords; with commas between them.', max_length=200, verbose_name='keywords'),
        ),
        migrations.AddField(
            model_name='column',
            name='kind',
            field=models.CharField(blank=True, help_text='For harvesters, as ColumnType; for instance 工作动态.', max_length=100, verbose_name='kind of column'),
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='map_address',
            field=models.CharField(blank=True, default='https://uri.amap.com/marker?position={longitude},{latitude}&name={name}&coordinate=wgs84', help_text='{longitude}, {latitude} (WGS 84) and {name} are filled in. Empty: no link.', max_length=300, verbose_name='address of the map'),
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='police_url',
            field=models.URLField(blank=True, max_length=300, verbose_name='link of the public security filing'),
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='security_contact',
            field=models.CharField(blank=True, help_text='mailto:… or https://…; shown at /.well-known/security.txt.', max_length=200, verbose_name='contact for security reports'),
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='security_expires',
            field=models.DateField(blank=True, help_text='The standard asks for a date less than a year away.', null=True, verbose_name='security contact valid until'),
        ),
        migrations.AlterField(
            model_name='sitesettings',
            name='site_code',
            field=models.CharField(blank=True, help_text='Also given to harvesters, as SiteIDCode.', max_length=30, verbose_name='government site code'),
        ),
        migrations.CreateModel(
            name='Badge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(blank=True, max_length=200, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='English name')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Smaller numbers stand first.', verbose_name='order')),
                ('image', models.ImageField(height_field='height', help_text='PNG or JPEG, at most 200 KB. Pages show it 60 pixels high.', upload_to='badges/', validators=[towns.images.inspection.check_badge], verbose_name='picture', width_field='width')),
                ('width', models.PositiveIntegerField(default=0, editable=False, verbose_name='width')),
                ('height', models.PositiveIntegerField(default=0, editable=False, verbose_name='height')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.sitesettings')),
            ],
            options={
                'verbose_name': 'badge',
                'verbose_name_plural': 'badges at the foot of each page',
                'ordering': ('order', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HomePhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Smaller numbers stand first.', verbose_name='order')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.photo', verbose_name='picture')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.sitesettings')),
            ],
            options={
                'verbose_name': 'picture on the home page',
                'verbose_name_plural': 'pictures on the home page',
                'ordering': ('order', 'pk'),
                'abstract': False,
            },
        ),
        migrations.RunPython(copy_home_photos, migrations.RunPython.noop),
        migrations.RemoveField(model_name='sitesettings', name='home_photos'),
        migrations.AddField(
            model_name='sitesettings',
            name='home_photos',
            field=models.ManyToManyField(related_name='on_home_page', through='towns.HomePhoto', to='towns.photo', verbose_name='pictures on the home page'),
        ),
        migrations.CreateModel(
            name='HomeProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Smaller numbers stand first.', verbose_name='order')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.project', verbose_name='project')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.sitesettings')),
            ],
            options={
                'verbose_name': 'project on the home page',
                'verbose_name_plural': 'projects on the home page',
                'ordering': ('order', 'pk'),
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='home_projects',
            field=models.ManyToManyField(related_name='on_home_page', through='towns.HomeProject', to='towns.project', verbose_name='projects on the home page'),
        ),
        migrations.CreateModel(
            name='HomeStatistic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Smaller numbers stand first.', verbose_name='order')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.sitesettings')),
                ('statistic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.statistic', verbose_name='figure')),
            ],
            options={
                'verbose_name': 'key figure on the home page',
                'verbose_name_plural': 'key figures on the home page',
                'ordering': ('order', 'pk'),
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='home_statistics',
            field=models.ManyToManyField(related_name='on_home_page', through='towns.HomeStatistic', to='towns.statistic', verbose_name='key figures on the home page'),
        ),
        migrations.CreateModel(
            name='HomeTown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Smaller numbers stand first.', verbose_name='order')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.sitesettings')),
                ('town', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='towns.town', verbose_name='town')),
            ],
            options={
                'verbose_name': 'town on the home page',
                'verbose_name_plural': 'towns on the home page',
                'ordering': ('order', 'pk'),
                'abstract': False,
            },
        ),
        migrations.RunPython(copy_home_towns, migrations.RunPython.noop),
        migrations.RemoveField(model_name='sitesettings', name='home_towns'),
        migrations.AddField(
            model_name='sitesettings',
            name='home_towns',
            field=models.ManyToManyField(related_name='on_home_page', through='towns.HomeTown', to='towns.town', verbose_name='towns on the home page'),
        ),
        migrations.AddConstraint(
            model_name='sitesettings',
            constraint=models.CheckConstraint(condition=models.Q(('security_contact', ''), ('security_expires__isnull', False), _connector='OR'), name='security_contact_has_its_date', violation_error_message='Say until when the security contact is valid.'),
        ),
        migrations.AddField(
            model_name='page',
            name='published_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
        ),
        migrations.AddConstraint(
            model_name='badge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name_zh', ''), _negated=True), models.Q(('name_en', ''), _negated=True), _connector='OR'), name='badge_has_a_name', violation_error_message='Give the name in at least one language.'),
        ),
        migrations.AddConstraint(
            model_name='homephoto',
            constraint=models.UniqueConstraint(fields=('site', 'photo'), name='home_photo_once', violation_error_message='This stands there already.'),
        ),
        migrations.AddConstraint(
            model_name='homeproject',
            constraint=models.UniqueConstraint(fields=('site', 'project'), name='home_project_once', violation_error_message='This stands there already.'),
        ),
        migrations.AddConstraint(
            model_name='homestatistic',
            constraint=models.UniqueConstraint(fields=('site', 'statistic'), name='home_statistic_once', violation_error_message='This stands there already.'),
        ),
        migrations.AddConstraint(
            model_name='hometown',
            constraint=models.UniqueConstraint(fields=('site', 'town'), name='home_town_once', violation_error_message='This stands there already.'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='page_published_pair', violation_error_message='Who and when are recorded together, or not at all.'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title_zh', ''), _negated=True), models.Q(('title_en', ''), _negated=True), _connector='OR'), name='page_has_a_title', violation_error_message='Give the title in at least one language.'),
        ),
    ]
